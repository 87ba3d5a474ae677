package dev.fovea.runtime.cpu;

import dev.fovea.ops.Lrn;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/**
 * Local response normalisation across channels (Krizhevsky, Sutskever and Hinton 2012). With s[c] = k + a·Σ x[i]² over the
 * window of c, {@code y = x·s^−β} and
 *
 * <pre>dx[c] = dy[c]·s[c]^−β − 2·a·β·x[c]·Σ dy[i]·x[i]·s[i]^(−β−1), over the window of c.</pre>
 *
 * A tile is a range of positions with all channels: a few rows of it are in the cache at a time, so memory is read once.
 * The energy is summed anew for each channel; a running sum would lose digits.
 *
 * <p>Floor for N floats: forward reads N and writes N, backward reads 2·N and writes N.
 */
final class LrnKernel implements Kernel {
    private static final int LONGEST = 512;

    private final Simd simd;
    private final Lrn op;
    private final int half;
    private final int channels;
    private final int area;
    private final int longest;
    private final Region x;
    private final Region y;
    private final GradientRegion dx;
    private final GradientRegion dy;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    LrnKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        op = (Lrn) binding.op();
        half = op.size() / 2;
        channels = binding.output().shape().channels();
        area = binding.output().shape().area();
        longest = Math.min(LONGEST, area);
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        scratch = cpu.scratch((2L + 2L * op.size()) * longest);
        forward = new Elementwise(cpu.workers(), area, channels, longest, this::forward);
        backward = new Elementwise(cpu.workers(), area, channels, longest, this::backward);
    }

    @Override
    public void forward(Run run) {
        forward.run(run.batch());
    }

    @Override
    public void backward(Run run) {
        if (dx.wanted() && dy.wanted()) {
            backward.run(run.batch());
        }
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] base = scratch.of(worker);
        float[] in = CpuMemory.values(x);
        int inAt = (int) x.at(sample) + from;
        int outAt = (int) y.at(sample) + from;
        for (int channel = 0; channel < channels; channel++) {
            energy(channel, inAt, base, 0, length);
            simd.functions().inversePower(op.beta(), base, 0, base, 0, length);
            simd.multiply(in, inAt + channel * area, base, 0, CpuMemory.values(y), outAt + channel * area, length);
        }
    }

    /** s of a channel. */
    private void energy(int channel, int inAt, float[] base, int baseAt, int length) {
        int first = Math.max(0, channel - half);
        int rows = Math.min(channels - 1, channel + half) - first + 1;
        simd.functions()
                .energy(op.scale(), op.k(), CpuMemory.values(x), inAt + first * area, area, rows, base, baseAt, length);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] rows = scratch.of(worker);
        int sum = 0;
        float[] in = CpuMemory.values(x);
        int inAt = (int) x.at(sample) + from;
        int ready = 0;
        for (int channel = 0; channel < channels; channel++) {
            int last = Math.min(channels - 1, channel + half);
            for (; ready <= last; ready++) {
                prepare(ready, sample, from, length, rows);
            }
            Arrays.fill(rows, sum, sum + length, 0);
            for (int i = Math.max(0, channel - half); i <= last; i++) {
                simd.add(rows, couplingOf(i), rows, sum, length);
            }
            simd.multiply(in, inAt + channel * area, rows, sum, rows, sum, length);
            int scaled = scaledOf(channel);
            simd.addScaled(-2 * op.scale() * op.beta(), rows, sum, rows, scaled, length);
            dx.receive(simd, sample, from + channel * area, rows, scaled, length);
        }
    }

    /** A channel's {@code dy·s^−β} and {@code dy·x·s^(−β−1)}, kept until its window has passed. */
    private void prepare(int channel, int sample, int from, int length, float[] rows) {
        int base = longest;
        int scaled = scaledOf(channel);
        int coupling = couplingOf(channel);
        int inAt = (int) x.at(sample) + from;
        energy(channel, inAt, rows, base, length);
        simd.functions().inversePower(op.beta(), rows, base, rows, scaled, length);
        simd.multiply(dy.values(), dy.at(sample) + from + channel * area, rows, scaled, rows, scaled, length);
        simd.functions().inversePower(1, rows, base, rows, coupling, length);
        simd.multiply(rows, scaled, rows, coupling, rows, coupling, length);
        simd.multiply(CpuMemory.values(x), inAt + channel * area, rows, coupling, rows, coupling, length);
    }

    private int scaledOf(int channel) {
        return (2 + channel % op.size()) * longest;
    }

    private int couplingOf(int channel) {
        return (2 + op.size() + channel % op.size()) * longest;
    }
}
