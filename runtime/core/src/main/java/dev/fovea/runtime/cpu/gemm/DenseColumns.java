package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.MatrixSimd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The forward product of a dense layer for a batch that fills registers: samples side by side, units one below the other.
 * The inputs are turned around into panels first. A tile is some units of all samples, so that the weight is read once; of a weight that
 * stays in every core's cache anyway it is some units of one panel, whose samples the thread has worked on before.
 */
final class DenseColumns implements DensePass {
    /** Terms of the sum in a block: a panel of them fits the first-level cache. */
    private static final int BLOCK = 288;
    /** Inputs that one tile turns around. */
    private static final int TURN = 256;
    /** The most units of a tile. */
    private static final int UNITS = 96;
    /** The most floats of a weight that each core reads for itself. */
    private static final int NEAR = 1 << 17;
    /** Multiply-adds of a panel below which it is not worth a tile of its own. */
    private static final int WORTH_A_PANEL = 1 << 17;

    private final Cpu cpu;
    private final MatrixSimd simd;
    private final DenseShape shape;
    private final Region input;
    private final Region weight;
    private final @Nullable Region bias;
    private final Region output;
    private final Activation activation;
    private final int width;
    private final int units;
    private final int unitTiles;
    private final int turns;
    private final int panelsOfTile;
    private final int[] weightRows;
    private final Scratch turned;
    private final Scratch sums;
    private final Tiles turn = this::turn;
    private final Tiles multiply = this::multiply;
    private int batch;

    DenseColumns(
            Cpu cpu,
            DenseShape shape,
            Region input,
            Region weight,
            @Nullable Region bias,
            Region output,
            Activation activation) {
        this.cpu = cpu;
        this.simd = cpu.simd().matrix();
        this.shape = shape;
        this.input = input;
        this.weight = weight;
        this.bias = bias;
        this.output = output;
        this.activation = activation;
        width = simd.columns();
        long floats = (long) shape.inputs() * shape.units();
        boolean near = floats <= NEAR && floats * width >= WORTH_A_PANEL;
        panelsOfTile = near ? 1 : panels(shape.capacity());
        int samples = near ? width : shape.capacity();
        units = DenseShape.tile((long) shape.inputs() * samples, simd.tileRows(), UNITS);
        unitTiles = (shape.units() + units - 1) / units;
        turns = (shape.inputs() + TURN - 1) / TURN;
        weightRows = RowGroups.offsets(shape.units(), shape.inputs());
        turned = cpu.common((long) panels(shape.capacity()) * width * shape.inputs());
        sums = cpu.scratch((long) panelsOfTile * width * units);
    }

    @Override
    public String algorithm() {
        return "columns";
    }

    @Override
    public void run(int samples) {
        batch = samples;
        int groups = (panels(samples) + panelsOfTile - 1) / panelsOfTile;
        cpu.workers().run(panels(samples) * turns, turn);
        cpu.workers().run(groups * unitTiles, multiply);
    }

    private int panels(int samples) {
        return (samples + width - 1) / width;
    }

    /** Panel p holds inputs × samples p·width and on. */
    private void turn(int tile, int worker) {
        int panel = tile / turns;
        int first = tile % turns * TURN;
        int end = Math.min(shape.inputs(), first + TURN);
        float[] source = CpuMemory.values(input);
        float[] panels = turned.of(0);
        int endSample = Math.min(batch, (panel + 1) * width);
        for (int sample = panel * width; sample < endSample; sample++) {
            int from = (int) input.at(sample);
            int to = panel * shape.inputs() * width + sample % width;
            for (int n = first; n < end; n++) {
                panels[to + n * width] = source[from + n];
            }
        }
    }

    private void multiply(int tile, int worker) {
        int firstPanel = tile / unitTiles * panelsOfTile;
        int endPanel = Math.min(panels(batch), firstPanel + panelsOfTile);
        int first = tile % unitTiles * units;
        int count = Math.min(units, shape.units() - first);
        int stride = (endPanel - firstPanel) * width;
        float[] work = sums.of(worker);
        for (int unit = 0; unit < count; unit++) {
            float begin = bias == null ? 0 : CpuMemory.values(bias)[(int) bias.offset() + first + unit];
            Arrays.fill(work, unit * stride, (unit + 1) * stride, begin);
        }
        for (int block = 0; block < shape.inputs(); block += BLOCK) {
            int depth = Math.min(BLOCK, shape.inputs() - block);
            multiply(block, depth, first, count, firstPanel, work, stride);
        }
        activation.apply(work, 0, count * stride);
        float[] target = CpuMemory.values(output);
        int firstSample = firstPanel * width;
        int endSample = Math.min(batch, endPanel * width);
        for (int sample = firstSample; sample < endSample; sample++) {
            int to = (int) output.at(sample) + first;
            for (int unit = 0; unit < count; unit++) {
                target[to + unit] = work[unit * stride + sample - firstSample];
            }
        }
    }

    private void multiply(int block, int depth, int first, int count, int firstPanel, float[] work, int stride) {
        float[] weights = CpuMemory.values(weight);
        int weightAt = (int) weight.offset() + block;
        for (int panel = 0; panel < stride / width; panel++) {
            int panelAt = ((firstPanel + panel) * shape.inputs() + block) * width;
            int used = Math.min(width, batch - (firstPanel + panel) * width);
            for (int unit = 0; unit < count; ) {
                int rows = RowGroups.next(simd, count - unit);
                int sumAt = unit * stride + panel * width;
                simd.multiplyUsed(
                        rows,
                        used,
                        weights,
                        weightAt,
                        weightRows,
                        first + unit,
                        turned.of(0),
                        panelAt,
                        depth,
                        work,
                        sumAt,
                        stride);
                unit += rows;
            }
        }
    }
}
