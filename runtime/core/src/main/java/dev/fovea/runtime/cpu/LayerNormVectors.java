package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import java.util.Arrays;

/** Layer normalisation of vectors: all channels of a sample lie together. */
final class LayerNormVectors extends LayerNormKernel {
    private static final int LONGEST = 512;

    private final int longest;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;
    private final Elementwise parameters;
    private int batch;

    LayerNormVectors(Binding binding, Cpu cpu) {
        super(binding, cpu);
        longest = Math.min(LONGEST, channels);
        scratch = cpu.scratch(Math.max(channels, 3L * longest));
        forward = new Elementwise(cpu.workers(), 1, channels, 1, this::forward);
        backward = new Elementwise(cpu.workers(), 1, channels, 1, this::backward);
        parameters = new Elementwise(cpu.workers(), channels, binding.capacity(), longest, this::parameterGradients);
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
        float[] in = CpuMemory.values(x);
        float[] out = CpuMemory.values(y);
        int inAt = (int) x.at(sample);
        int outAt = (int) y.at(sample);
        float mean = simd.sum(in, inAt, channels) / channels;
        double variance = (double) simd.sumOfSquares(mean, in, inAt, channels) / channels;
        float scale = (float) (1 / Math.sqrt(variance + eps));
        if (saves()) {
            savedValues()[meansAt(sample)] = mean;
            savedValues()[scalesAt(sample)] = scale;
        }
        simd.functions().normalize(mean, scale, 0, in, inAt, out, outAt, channels);
        simd.multiply(out, outAt, weights(), weightAt(0), out, outAt, channels);
        simd.add(biases(), biasAt(0), out, outAt, channels);
        activation.apply(out, outAt, channels);
    }

    private void backward(int sample, int from, int length, int worker) {
        float[] weighted = scratch.of(worker);
        float[] in = CpuMemory.values(x);
        int inAt = (int) x.at(sample);
        float mean = savedValues()[meansAt(sample)];
        double scale = savedValues()[scalesAt(sample)];
        simd.multiply(dy.values(), dy.at(sample), weights(), weightAt(0), weighted, 0, channels);
        double sum = simd.sum(weighted, 0, channels);
        double dot = simd.functions().dotCentred(mean, in, inAt, weighted, 0, channels);
        float a = (float) scale;
        float b = (float) (-scale * scale * scale * dot / channels);
        float c = (float) (-scale * sum / channels);
        float[] target = dx.values();
        int targetAt = dx.at(sample);
        if (dx.accumulate()) {
            simd.functions().addCombination(a, weighted, 0, b, mean, in, inAt, c, target, targetAt, channels);
        } else {
            simd.functions().combine(a, weighted, 0, b, mean, in, inAt, c, target, targetAt, channels);
        }
    }

    private void parameterGradients(int one, int from, int length, int worker) {
        float[] rows = scratch.of(worker);
        int dots = 0;
        int sums = longest;
        int normalized = 2 * longest;
        Arrays.fill(rows, dots, dots + length, 0);
        Arrays.fill(rows, sums, sums + length, 0);
        for (int sample = 0; sample < batch; sample++) {
            float mean = savedValues()[meansAt(sample)];
            float scale = savedValues()[scalesAt(sample)];
            int inAt = (int) x.at(sample) + from;
            int sourceAt = dy.at(sample) + from;
            simd.functions().normalize(mean, scale, 0, CpuMemory.values(x), inAt, rows, normalized, length);
            simd.addProduct(rows, normalized, dy.values(), sourceAt, rows, dots, length);
            simd.add(dy.values(), sourceAt, rows, sums, length);
        }
        weightGradient().receive(simd, 0, from, rows, dots, length);
        biasGradient().receive(simd, 0, from, rows, sums, length);
    }
}
