package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.StreamSimd;
import java.util.Arrays;

/**
 * {@link DenseInputGradient} as {@link DenseStream}: a tile is some inputs of all samples, side by side, whose sums stay in the second-level cache while the weight goes by, eight rows at a time. How
 * many inputs makes no difference to a sum, so the tiles are few and long.
 */
final class DenseStreamInputGradient implements DensePass {
    /** So many tiles a thread, so that none waits long for another. */
    private static final int TILES = 2;
    /** The fewest inputs of a tile: some lines of the cache of each row. */
    private static final int SHORTEST = 64;
    /** The most. */
    private static final int LONGEST = 4096;

    private final Cpu cpu;
    private final StreamSimd simd;
    private final DenseShape shape;
    private final Region weight;
    private final Gradient target;
    private final int columns;
    private final SamplePanel gradients;
    private final Scratch sums;
    private final Tiles tiles = this::tile;
    private int batch;

    DenseStreamInputGradient(Cpu cpu, DenseShape shape, Region outputGradient, Region weight, Gradient target) {
        this.cpu = cpu;
        this.simd = cpu.simd().streams().orElseThrow();
        this.shape = shape;
        this.weight = weight;
        this.target = target;
        int shared = shape.inputs() / (TILES * cpu.workers().threads()) / 2 * 2;
        columns = Math.max(SHORTEST, Math.min(LONGEST, shared));
        gradients = new SamplePanel(cpu, simd, outputGradient, shape.units());
        sums = cpu.scratch((long) columns * simd.lanes());
    }

    @Override
    public String algorithm() {
        return "stream";
    }

    @Override
    public void run(int count) {
        batch = count;
        gradients.fill(count);
        cpu.workers().run((shape.inputs() + columns - 1) / columns, tiles);
    }

    private void tile(int tile, int worker) {
        int first = tile * columns;
        int count = Math.min(columns, shape.inputs() - first);
        float[] work = sums.of(worker);
        Arrays.fill(work, 0, count * simd.lanes(), 0f);
        for (int unit = 0; unit < shape.units(); unit += StreamSimd.ROWS) {
            simd.multiplyTurned(
                    Math.min(StreamSimd.ROWS, shape.units() - unit),
                    CpuMemory.values(weight),
                    (int) weight.offset() + unit * shape.inputs() + first,
                    shape.inputs(),
                    gradients.values(),
                    unit * simd.lanes(),
                    count / 2 * 2,
                    work,
                    0);
        }
        if (count % 2 > 0) {
            addLast(first + count - 1, work, (count - 1) * simd.lanes());
        }
        store(first, count, work);
    }

    /** The input that has no neighbour: its samples are sums already, of nothing. */
    private void addLast(int input, float[] work, int at) {
        float[] dy = gradients.values();
        float[] w = CpuMemory.values(weight);
        for (int unit = 0; unit < shape.units(); unit++) {
            float factor = w[(int) weight.offset() + unit * shape.inputs() + input];
            for (int sample = 0; sample < batch; sample++) {
                work[at + sample] += factor * dy[unit * simd.lanes() + sample];
            }
        }
    }

    private void store(int first, int count, float[] work) {
        float[] to = CpuMemory.values(target.region());
        for (int sample = 0; sample < batch; sample++) {
            int at = (int) target.region().at(sample) + first;
            for (int n = 0; n < count; n++) {
                float before = target.accumulate() ? to[at + n] : 0;
                to[at + n] = before + work[n * simd.lanes() + sample];
            }
        }
    }
}
