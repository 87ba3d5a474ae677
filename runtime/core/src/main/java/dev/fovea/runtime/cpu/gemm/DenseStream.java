package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Activation;
import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.CpuMemory;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.StreamSimd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The forward product of a dense layer whose weight does not stay in the caches, for a batch that one register holds: the samples side by side, the weight read once, eight rows from end to
 * end. A tile is some units of all samples.
 */
final class DenseStream implements DensePass {
    /** Floats of a weight that is read from memory each time. */
    private static final long LONG = 1 << 18;

    private final Cpu cpu;
    private final StreamSimd simd;
    private final DenseShape shape;
    private final Region input;
    private final Region weight;
    private final @Nullable Region bias;
    private final Region output;
    private final Activation activation;
    private final int units;
    /** The inputs that are done in pairs: all, or all but one. */
    private final int pairs;

    private final SamplePanel samples;
    private final Scratch sums;
    private final Tiles tiles = this::tile;
    private int batch;

    DenseStream(
            Cpu cpu,
            DenseShape shape,
            Region input,
            Region weight,
            @Nullable Region bias,
            Region output,
            Activation activation) {
        this.cpu = cpu;
        this.simd = cpu.simd().streams().orElseThrow();
        this.shape = shape;
        this.input = input;
        this.weight = weight;
        this.bias = bias;
        this.output = output;
        this.activation = activation;
        units = shape.streamedUnits(StreamSimd.ROWS);
        pairs = shape.inputs() / 2 * 2;
        samples = new SamplePanel(cpu, simd, input, shape.inputs());
        sums = cpu.scratch((long) units * simd.lanes());
    }

    /** Whether a layer's products, this one and those of its gradients, are best done so. */
    static boolean fits(Simd simd, DenseShape shape) {
        return simd.streams().isPresent()
                && shape.capacity() <= simd.streams().get().lanes()
                && (long) shape.inputs() * shape.units() >= LONG;
    }

    @Override
    public String algorithm() {
        return "stream";
    }

    @Override
    public void run(int count) {
        batch = count;
        samples.fill(count);
        cpu.workers().run((shape.units() + units - 1) / units, tiles);
    }

    private void tile(int tile, int worker) {
        int first = tile * units;
        int count = Math.min(units, shape.units() - first);
        float[] work = sums.of(worker);
        Arrays.fill(work, 0, count * simd.lanes(), 0f);
        for (int unit = 0; unit < count; unit += StreamSimd.ROWS) {
            int rows = Math.min(StreamSimd.ROWS, count - unit);
            int weightAt = (int) weight.offset() + (first + unit) * shape.inputs();
            simd.multiply(
                    rows,
                    CpuMemory.values(weight),
                    weightAt,
                    shape.inputs(),
                    samples.values(),
                    0,
                    pairs,
                    work,
                    unit * simd.lanes());
        }
        store(first, count, work);
    }

    private void store(int first, int count, float[] work) {
        float[] target = CpuMemory.values(output);
        for (int sample = 0; sample < batch; sample++) {
            int to = (int) output.at(sample) + first;
            for (int unit = 0; unit < count; unit++) {
                float begin = bias == null ? 0 : CpuMemory.values(bias)[(int) bias.offset() + first + unit];
                target[to + unit] = begin + work[unit * simd.lanes() + sample] + rest(sample, first + unit);
            }
            activation.apply(target, to, count);
        }
    }

    /** The term behind the last pair. */
    private float rest(int sample, int unit) {
        if (pairs == shape.inputs()) {
            return 0;
        }
        float x = CpuMemory.values(input)[(int) input.at(sample) + pairs];
        return x * CpuMemory.values(weight)[(int) weight.offset() + unit * shape.inputs() + pairs];
    }
}
