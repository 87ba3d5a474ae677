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
 * The forward product of a dense layer for a small batch: scalar products of rows of the input and of the weight, a tile
 * some units of all samples. Nothing is turned around and the weight is read once.
 */
final class DenseRows implements DensePass {
    /** The most units of a tile. */
    private static final int UNITS = 64;
    /** The largest batch. */
    private static final int MOST = 32;

    private final Cpu cpu;
    private final MatrixSimd simd;
    private final DenseShape shape;
    private final Region input;
    private final Region weight;
    private final @Nullable Region bias;
    private final Region output;
    private final Activation activation;
    private final int lanes;
    private final int whole;
    private final int units;
    private final int[] inputRows;
    private final int[] weightRows;
    private final Scratch sums;
    private final Tiles tiles = this::tile;
    private int batch;

    DenseRows(
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
        lanes = simd.lanes();
        whole = shape.inputs() / lanes * lanes;
        units = DenseShape.tile((long) shape.inputs() * shape.capacity(), simd.laneTileColumns(), UNITS);
        inputRows = RowGroups.offsets(shape.capacity(), (int) input.stride());
        weightRows = RowGroups.offsets(shape.units(), shape.inputs());
        sums = cpu.scratch((long) shape.capacity() * units * lanes);
    }

    /** The largest batch for which it is the quicker way: it then fills half of a panel. */
    static int most(MatrixSimd simd) {
        return Math.min(simd.columns() / 2, MOST);
    }

    @Override
    public String algorithm() {
        return "rows";
    }

    @Override
    public void run(int samples) {
        batch = samples;
        cpu.workers().run((shape.units() + units - 1) / units, tiles);
    }

    private void tile(int tile, int worker) {
        int first = tile * units;
        int count = Math.min(units, shape.units() - first);
        float[] work = sums.of(worker);
        Arrays.fill(work, 0, batch * count * lanes, 0f);
        for (int unit = 0; unit < count; unit += simd.laneTileColumns()) {
            int columns = Math.min(simd.laneTileColumns(), count - unit);
            for (int sample = 0; sample < batch; sample += simd.laneTileRows()) {
                simd.addLaneProducts(
                        Math.min(simd.laneTileRows(), batch - sample),
                        columns,
                        CpuMemory.values(input),
                        (int) input.offset(),
                        inputRows,
                        sample,
                        CpuMemory.values(weight),
                        (int) weight.offset(),
                        weightRows,
                        first + unit,
                        whole,
                        work,
                        (sample * count + unit) * lanes,
                        count * lanes);
            }
        }
        store(first, count, work);
    }

    private void store(int first, int count, float[] work) {
        float[] target = CpuMemory.values(output);
        for (int sample = 0; sample < batch; sample++) {
            int to = (int) output.at(sample) + first;
            for (int unit = 0; unit < count; unit++) {
                float begin = bias == null ? 0 : CpuMemory.values(bias)[(int) bias.offset() + first + unit];
                float sum = cpu.simd().sum(work, (sample * count + unit) * lanes, lanes);
                target[to + unit] = begin + sum + rest(sample, first + unit);
            }
            activation.apply(target, to, count);
        }
    }

    /** The terms behind the last whole register. */
    private float rest(int sample, int unit) {
        float[] x = CpuMemory.values(input);
        float[] w = CpuMemory.values(weight);
        int xAt = (int) input.at(sample);
        int wAt = (int) weight.offset() + weightRows[unit];
        float sum = 0;
        for (int n = whole; n < shape.inputs(); n++) {
            sum += x[xAt + n] * w[wAt + n];
        }
        return sum;
    }
}
