package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import java.util.Arrays;

/** Batch normalisation of vectors: the channels of a sample lie together, so that ranges of them are done side by side. */
final class BatchNormVectors extends BatchNormKernel {
    private static final int LONGEST = 512;

    private final int longest;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    BatchNormVectors(Binding binding, Cpu cpu) {
        super(binding, cpu);
        longest = Math.min(LONGEST, channels);
        scratch = cpu.scratch(5L * longest);
        forward = new Elementwise(cpu.workers(), channels, binding.capacity(), longest, this::forward);
        backward = new Elementwise(cpu.workers(), channels, binding.capacity(), longest, this::backward);
    }

    @Override
    void forwardChannels() {
        forward.run(1);
    }

    @Override
    void backwardChannels() {
        backward.run(1);
    }

    private void forward(int one, int from, int length, int worker) {
        float[] rows = scratch.of(worker);
        if (training()) {
            measure(from, length, rows);
        }
        int means = 0;
        int scales = longest;
        int biases = 2 * longest;
        for (int i = 0; i < length; i++) {
            int channel = from + i;
            rows[means + i] = mean(channel);
            rows[scales + i] = (float) (weight(channel) * inverseDeviation(channel));
            rows[biases + i] = bias(channel);
        }
        float[] out = CpuMemory.values(y);
        for (int sample = 0; sample < batch(); sample++) {
            int outAt = (int) y.at(sample) + from;
            int inAt = (int) x.at(sample) + from;
            simd.functions().subtract(CpuMemory.values(x), inAt, rows, means, out, outAt, length);
            simd.multiply(out, outAt, rows, scales, out, outAt, length);
            simd.add(rows, biases, out, outAt, length);
            activation.apply(out, outAt, length);
        }
    }

    private void measure(int from, int length, float[] rows) {
        int centres = 0;
        int squares = longest;
        int rests = 2 * longest;
        int difference = 3 * longest;
        float[] in = CpuMemory.values(x);
        Arrays.fill(rows, centres, centres + length, 0);
        Arrays.fill(rows, squares, squares + length, 0);
        Arrays.fill(rows, rests, rests + length, 0);
        for (int sample = 0; sample < batch(); sample++) {
            simd.add(in, (int) x.at(sample) + from, rows, centres, length);
        }
        simd.scale((float) (1 / count()), rows, centres, length);
        for (int sample = 0; sample < batch(); sample++) {
            simd.functions().subtract(in, (int) x.at(sample) + from, rows, centres, rows, difference, length);
            simd.add(rows, difference, rows, rests, length);
            simd.addProduct(rows, difference, rows, difference, rows, squares, length);
        }
        for (int i = 0; i < length; i++) {
            float centre = rows[centres + i];
            learn(from + i, centre + rows[rests + i] / count(), centre, rows[squares + i]);
        }
    }

    private void backward(int one, int from, int length, int worker) {
        float[] rows = scratch.of(worker);
        int means = 0;
        int sums = longest;
        int dots = 2 * longest;
        int difference = 3 * longest;
        float[] in = CpuMemory.values(x);
        Arrays.fill(rows, sums, sums + length, 0);
        Arrays.fill(rows, dots, dots + length, 0);
        for (int i = 0; i < length; i++) {
            rows[means + i] = mean(from + i);
        }
        for (int sample = 0; sample < batch(); sample++) {
            int sourceAt = dy.at(sample) + from;
            simd.add(dy.values(), sourceAt, rows, sums, length);
            simd.functions().subtract(in, (int) x.at(sample) + from, rows, means, rows, difference, length);
            simd.addProduct(dy.values(), sourceAt, rows, difference, rows, dots, length);
        }
        for (int i = 0; i < length; i++) {
            storeGradients(from + i, rows[dots + i], rows[sums + i]);
        }
        if (dx.wanted()) {
            inputGradient(from, length, rows);
        }
    }

    /** As {@code a·dy + b·(x − mean) + c}; the sums give way to c, the dot products to b. */
    private void inputGradient(int from, int length, float[] rows) {
        int means = 0;
        int sums = longest;
        int dots = 2 * longest;
        int difference = 3 * longest;
        int scales = 4 * longest;
        for (int i = 0; i < length; i++) {
            double deviation = inverseDeviation(from + i);
            double scale = weight(from + i) * deviation;
            double share = training() ? scale / count() : 0;
            rows[dots + i] = (float) (-share * deviation * deviation * rows[dots + i]);
            rows[sums + i] = (float) (-share * rows[sums + i]);
            rows[scales + i] = (float) scale;
        }
        float[] in = CpuMemory.values(x);
        for (int sample = 0; sample < batch(); sample++) {
            simd.functions().subtract(in, (int) x.at(sample) + from, rows, means, rows, difference, length);
            simd.multiply(rows, difference, rows, dots, rows, difference, length);
            simd.add(rows, sums, rows, difference, length);
            simd.addProduct(dy.values(), dy.at(sample) + from, rows, scales, rows, difference, length);
            dx.receive(simd, sample, from, rows, difference, length);
        }
    }
}
