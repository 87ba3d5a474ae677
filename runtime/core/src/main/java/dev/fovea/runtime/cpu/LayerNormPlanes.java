package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import java.util.Arrays;

/** Layer normalisation of images: positions lie together, so that ranges of them are done side by side. */
final class LayerNormPlanes extends LayerNormKernel {
    private static final int LONGEST = 512;

    private final int longest;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;
    private final Elementwise parameters;
    private int batch;

    LayerNormPlanes(Binding binding, Cpu cpu) {
        super(binding, cpu);
        longest = Math.min(LONGEST, area);
        scratch = cpu.scratch(6L * longest);
        forward = new Elementwise(cpu.workers(), area, channels, longest, this::forward);
        backward = new Elementwise(cpu.workers(), area, channels, longest, this::backward);
        int weight = Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) binding.capacity() * area));
        parameters = Elementwise.channels(cpu.workers(), channels, weight, this::parameterGradient);
    }

    @Override
    void normalize(int samples) {
        forward.run(samples);
    }

    @Override
    void inputGradient(int samples) {
        backward.run(samples);
    }

    @Override
    void parameterGradients(int samples) {
        batch = samples;
        parameters.run(1);
    }

    private void forward(int sample, int from, int length, int worker) {
        float[] rows = scratch.of(worker);
        int means = 0;
        int scales = longest;
        measure(sample, from, length, rows, means, scales);
        if (saves()) {
            System.arraycopy(rows, means, savedValues(), meansAt(sample) + from, length);
            System.arraycopy(rows, scales, savedValues(), scalesAt(sample) + from, length);
        }
        float[] in = CpuMemory.values(x);
        float[] out = CpuMemory.values(y);
        for (int channel = 0; channel < channels; channel++) {
            int inAt = (int) x.at(sample) + channel * area + from;
            int outAt = (int) y.at(sample) + channel * area + from;
            simd.functions().subtract(in, inAt, rows, means, out, outAt, length);
            simd.multiply(out, outAt, rows, scales, out, outAt, length);
            simd.affine(weights()[weightAt(channel)], biases()[biasAt(channel)], out, outAt, out, outAt, length);
            activation.apply(out, outAt, length);
        }
    }

    /** The variance about a number close to the mean, less the square of what that lacks. */
    private void measure(int sample, int from, int length, float[] rows, int means, int scales) {
        int rests = 2 * longest;
        int difference = 3 * longest;
        float[] in = CpuMemory.values(x);
        int inAt = (int) x.at(sample) + from;
        Arrays.fill(rows, means, means + length, 0);
        Arrays.fill(rows, scales, scales + length, 0);
        Arrays.fill(rows, rests, rests + length, 0);
        for (int channel = 0; channel < channels; channel++) {
            simd.add(in, inAt + channel * area, rows, means, length);
        }
        simd.scale(1f / channels, rows, means, length);
        for (int channel = 0; channel < channels; channel++) {
            simd.functions().subtract(in, inAt + channel * area, rows, means, rows, difference, length);
            simd.add(rows, difference, rows, rests, length);
            simd.addProduct(rows, difference, rows, difference, rows, scales, length);
        }
        for (int i = 0; i < length; i++) {
            double lacking = (double) rows[rests + i] / channels;
            double variance = Math.max(0, (double) rows[scales + i] / channels - lacking * lacking);
            rows[means + i] = (float) (rows[means + i] + lacking);
            rows[scales + i] = (float) (1 / Math.sqrt(variance + eps));
        }
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] rows = scratch.of(worker);
        int sums = 0;
        int dots = longest;
        int difference = 2 * longest;
        int scaled = 3 * longest;
        float[] in = CpuMemory.values(x);
        float[] saved = savedValues();
        int inAt = (int) x.at(sample) + from;
        int sourceAt = dy.at(sample) + from;
        int meansAt = meansAt(sample) + from;
        int scalesAt = scalesAt(sample) + from;
        Arrays.fill(rows, sums, sums + length, 0);
        Arrays.fill(rows, dots, dots + length, 0);
        for (int channel = 0; channel < channels; channel++) {
            float weight = weights()[weightAt(channel)];
            simd.addScaled(weight, dy.values(), sourceAt + channel * area, rows, sums, length);
            simd.functions().subtract(in, inAt + channel * area, saved, meansAt, rows, difference, length);
            simd.multiply(rows, difference, dy.values(), sourceAt + channel * area, rows, difference, length);
            simd.addScaled(weight, rows, difference, rows, dots, length);
        }
        for (int i = 0; i < length; i++) {
            double scale = saved[scalesAt + i];
            rows[sums + i] = (float) (-scale * rows[sums + i] / channels);
            rows[dots + i] = (float) (-scale * scale * scale * rows[dots + i] / channels);
        }
        for (int channel = 0; channel < channels; channel++) {
            simd.functions().subtract(in, inAt + channel * area, saved, meansAt, rows, difference, length);
            simd.multiply(rows, difference, rows, dots, rows, difference, length);
            simd.add(rows, sums, rows, difference, length);
            simd.multiply(dy.values(), sourceAt + channel * area, saved, scalesAt, rows, scaled, length);
            simd.addScaled(weights()[weightAt(channel)], rows, scaled, rows, difference, length);
            dx.receive(simd, sample, from + channel * area, rows, difference, length);
        }
    }

    private void parameterGradient(int one, int from, int length, int worker) {
        float[] rows = scratch.of(worker);
        float[] in = CpuMemory.values(x);
        for (int channel = from; channel < from + length; channel++) {
            double dot = 0;
            double sum = 0;
            for (int sample = 0; sample < batch; sample++) {
                int inAt = (int) x.at(sample) + channel * area;
                int sourceAt = dy.at(sample) + channel * area;
                sum += simd.sum(dy.values(), sourceAt, area);
                for (int at = 0; at < area; at += longest) {
                    int count = Math.min(longest, area - at);
                    simd.functions().subtract(in, inAt + at, savedValues(), meansAt(sample) + at, rows, 0, count);
                    simd.multiply(rows, 0, savedValues(), scalesAt(sample) + at, rows, 0, count);
                    dot += simd.dot(rows, 0, dy.values(), sourceAt + at, count);
                }
            }
            weightGradient().receive(channel, dot);
            biasGradient().receive(channel, sum);
        }
    }
}
