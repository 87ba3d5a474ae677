package dev.fovea.runtime.cpu;

import dev.fovea.ops.LogSoftmax;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/**
 * Softmax over the channels at each position, and its logarithm. The largest channel is subtracted first, so that nothing
 * overflows. For vectors the channels lie together; in images positions do, and a range of them is done side by side.
 *
 * <p>Floor for N floats: forward reads N and writes N, backward reads 2·N and writes N.
 */
final class SoftmaxKernel implements Kernel {
    private static final int LONGEST = 512;

    private final Simd simd;
    private final boolean logarithm;
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

    SoftmaxKernel(Binding binding, Cpu cpu) {
        simd = cpu.simd();
        logarithm = binding.op() instanceof LogSoftmax;
        channels = binding.output().shape().channels();
        area = binding.output().shape().area();
        longest = Math.min(LONGEST, area);
        x = binding.input().value();
        y = binding.output().value();
        dx = GradientRegion.of(binding.input());
        dy = GradientRegion.of(binding.output());
        scratch = cpu.scratch(area == 1 ? channels : 2L * longest);
        forward = area == 1
                ? new Elementwise(cpu.workers(), 1, channels, 1, this::forwardVector)
                : new Elementwise(cpu.workers(), area, channels, longest, this::forwardPositions);
        backward = area == 1
                ? new Elementwise(cpu.workers(), 1, channels, 1, this::backwardVector)
                : new Elementwise(cpu.workers(), area, channels, longest, this::backwardPositions);
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

    private void forwardVector(int sample, int one, int length, int worker) {
        float[] in = CpuMemory.values(x);
        int inAt = (int) x.at(sample);
        float[] out = CpuMemory.values(y);
        int outAt = (int) y.at(sample);
        float largest = simd.largest(in, inAt, channels);
        if (logarithm) {
            float[] powers = scratch.of(worker);
            simd.functions().exp(largest, in, inAt, powers, 0, channels);
            float logOfSum = (float) Math.log(simd.sum(powers, 0, channels));
            simd.functions().normalize(largest, 1, -logOfSum, in, inAt, out, outAt, channels);
        } else {
            simd.functions().exp(largest, in, inAt, out, outAt, channels);
            simd.scale(1 / simd.sum(out, outAt, channels), out, outAt, channels);
        }
    }

    private void backwardVector(int sample, int one, int length, int worker) {
        float[] out = CpuMemory.values(y);
        int outAt = (int) y.at(sample);
        float[] source = dy.values();
        int sourceAt = dy.at(sample);
        float[] result = scratch.of(worker);
        if (logarithm) {
            simd.functions().exp(0, out, outAt, result, 0, channels);
            simd.scale(-simd.sum(source, sourceAt, channels), result, 0, channels);
            simd.add(source, sourceAt, result, 0, channels);
        } else {
            float dot = simd.dot(source, sourceAt, out, outAt, channels);
            simd.affine(1, -dot, source, sourceAt, result, 0, channels);
            simd.multiply(out, outAt, result, 0, result, 0, channels);
        }
        dx.receive(simd, sample, 0, result, 0, channels);
    }

    private void forwardPositions(int sample, int from, int length, int worker) {
        float[] in = CpuMemory.values(x);
        int inAt = (int) x.at(sample) + from;
        float[] out = CpuMemory.values(y);
        int outAt = (int) y.at(sample) + from;
        float[] rows = scratch.of(worker);
        int largest = 0;
        int sums = longest;
        System.arraycopy(in, inAt, rows, largest, length);
        for (int channel = 1; channel < channels; channel++) {
            simd.max(in, inAt + channel * area, rows, largest, length);
        }
        Arrays.fill(rows, sums, sums + length, 0);
        for (int channel = 0; channel < channels; channel++) {
            int at = outAt + channel * area;
            simd.functions().subtract(in, inAt + channel * area, rows, largest, out, at, length);
            simd.functions().exp(0, out, at, out, at, length);
            simd.add(out, at, rows, sums, length);
        }
        if (logarithm) {
            for (int i = 0; i < length; i++) {
                rows[sums + i] = (float) Math.log(rows[sums + i]);
            }
        } else {
            simd.functions().inversePower(1, rows, sums, rows, sums, length);
        }
        for (int channel = 0; channel < channels; channel++) {
            int at = outAt + channel * area;
            if (logarithm) {
                simd.functions().subtract(in, inAt + channel * area, rows, largest, out, at, length);
                simd.functions().subtract(out, at, rows, sums, out, at, length);
            } else {
                simd.multiply(out, at, rows, sums, out, at, length);
            }
        }
    }

    private void backwardPositions(int sample, int from, int length, int worker) {
        float[] out = CpuMemory.values(y);
        int outAt = (int) y.at(sample) + from;
        float[] source = dy.values();
        int sourceAt = dy.at(sample) + from;
        float[] rows = scratch.of(worker);
        int sums = 0;
        int result = longest;
        Arrays.fill(rows, sums, sums + length, 0);
        for (int channel = 0; channel < channels; channel++) {
            int at = channel * area;
            if (logarithm) {
                simd.add(source, sourceAt + at, rows, sums, length);
            } else {
                simd.addProduct(source, sourceAt + at, out, outAt + at, rows, sums, length);
            }
        }
        for (int channel = 0; channel < channels; channel++) {
            int at = channel * area;
            if (logarithm) {
                simd.functions().exp(0, out, outAt + at, rows, result, length);
                simd.multiply(rows, result, rows, sums, rows, result, length);
                simd.functions().subtract(source, sourceAt + at, rows, result, rows, result, length);
            } else {
                simd.functions().subtract(source, sourceAt + at, rows, sums, rows, result, length);
                simd.multiply(rows, result, out, outAt + at, rows, result, length);
            }
            dx.receive(simd, sample, from + at, rows, result, length);
        }
    }
}
