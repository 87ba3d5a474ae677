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
 * The inputs are turned around into panels first; a tile is some units of all samples.
 */
final class DenseColumns {
    /** Terms of the sum in a block: a panel of them fits the first-level cache. */
    private static final int BLOCK = 288;
    /** Inputs that one tile turns around. */
    private static final int TURN = 256;
    /** The most units of a tile. */
    private static final int UNITS = 96;

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
        units = DenseShape.tile((long) shape.inputs() * shape.capacity(), simd.tileRows(), UNITS);
        weightRows = RowGroups.offsets(shape.units(), shape.inputs());
        long columns = (long) panels(shape.capacity()) * width;
        turned = cpu.common(columns * shape.inputs());
        sums = cpu.scratch(columns * units);
    }

    void run(int samples) {
        batch = samples;
        cpu.workers().run((shape.inputs() + TURN - 1) / TURN, turn);
        cpu.workers().run((shape.units() + units - 1) / units, multiply);
    }

    private int panels(int samples) {
        return (samples + width - 1) / width;
    }

    /** Panel p holds inputs × samples p·width and on. */
    private void turn(int tile, int worker) {
        int first = tile * TURN;
        int end = Math.min(shape.inputs(), first + TURN);
        float[] source = CpuMemory.values(input);
        float[] panels = turned.of(0);
        for (int sample = 0; sample < batch; sample++) {
            int from = (int) input.at(sample);
            int to = sample / width * shape.inputs() * width + sample % width;
            for (int n = first; n < end; n++) {
                panels[to + n * width] = source[from + n];
            }
        }
    }

    private void multiply(int tile, int worker) {
        int first = tile * units;
        int count = Math.min(units, shape.units() - first);
        int stride = panels(batch) * width;
        float[] work = sums.of(worker);
        for (int unit = 0; unit < count; unit++) {
            float begin = bias == null ? 0 : CpuMemory.values(bias)[(int) bias.offset() + first + unit];
            Arrays.fill(work, unit * stride, (unit + 1) * stride, begin);
        }
        for (int block = 0; block < shape.inputs(); block += BLOCK) {
            multiply(block, Math.min(BLOCK, shape.inputs() - block), first, count, work, stride);
        }
        activation.apply(work, 0, count * stride);
        float[] target = CpuMemory.values(output);
        for (int sample = 0; sample < batch; sample++) {
            int to = (int) output.at(sample) + first;
            for (int unit = 0; unit < count; unit++) {
                target[to + unit] = work[unit * stride + sample];
            }
        }
    }

    private void multiply(int block, int depth, int first, int count, float[] work, int stride) {
        float[] weights = CpuMemory.values(weight);
        int weightAt = (int) weight.offset() + block;
        for (int panel = 0; panel < stride / width; panel++) {
            int panelAt = (panel * shape.inputs() + block) * width;
            int used = Math.min(width, batch - panel * width);
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
