package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Region;

/**
 * Batch normalisation of small images. A plane of 7×7 has six registers and one element over, and a loop over so little is mostly its
 * beginning and end; so a channel's planes are gathered behind one another first, which two short copies of each pay for.
 */
final class BatchNormSmallPlanes extends BatchNormKernel {
    /** Planes of more floats are done one by one. */
    private static final int LARGEST_PLANE = 256;
    /** Three ranges of so many floats fit the second-level cache. */
    private static final int LONGEST = 8192;
    /** Floats that are added up in single precision, in as many sums as several registers hold. */
    private static final int PIECE = 512;

    private final BatchNormInference inference;
    private final Scratch scratch;
    private final int longest;
    private final Elementwise forward;
    private final Elementwise backward;

    BatchNormSmallPlanes(Binding binding, Cpu cpu) {
        super(binding, cpu);
        inference = new BatchNormInference(this, binding, cpu);
        longest = binding.capacity() * area;
        scratch = cpu.scratch(3L * longest);
        forward = Elementwise.channels(cpu.workers(), channels, longest, this::forward);
        backward = Elementwise.channels(cpu.workers(), channels, longest, this::backward);
    }

    /** Whether it serves better than plane by plane. */
    static boolean fits(int area, int capacity) {
        return area <= LARGEST_PLANE && capacity > 1 && (long) capacity * area <= LONGEST;
    }

    @Override
    void forwardChannels() {
        if (training()) {
            forward.run(1);
        } else {
            inference.forward();
        }
    }

    @Override
    void backwardChannels() {
        backward.run(1);
    }

    private void forward(int one, int from, int length, int worker) {
        float[] rows = scratch.of(worker);
        int floats = batch() * area;
        for (int channel = from; channel < from + length; channel++) {
            gather(x, channel, rows, 0);
            measure(channel, rows, floats);
            float scale = (float) (weight(channel) * inverseDeviation(channel));
            simd.functions().normalize(mean(channel), scale, bias(channel), rows, 0, rows, 0, floats);
            activation.apply(rows, 0, floats);
            scatter(rows, 0, y, channel);
        }
    }

    private void measure(int channel, float[] rows, int floats) {
        double sum = 0;
        for (int at = 0; at < floats; at += PIECE) {
            sum += simd.sum(rows, at, Math.min(PIECE, floats - at));
        }
        double mean = sum / count();
        double squares = 0;
        for (int at = 0; at < floats; at += PIECE) {
            squares += simd.sumOfSquares((float) mean, rows, at, Math.min(PIECE, floats - at));
        }
        learn(channel, mean, (float) mean, squares);
    }

    private void backward(int one, int from, int length, int worker) {
        float[] rows = scratch.of(worker);
        int floats = batch() * area;
        int gradients = longest;
        for (int channel = from; channel < from + length; channel++) {
            gather(x, channel, rows, 0);
            gather(dy.region(), channel, rows, gradients);
            double sum = 0;
            double dot = 0;
            for (int at = 0; at < floats; at += PIECE) {
                int piece = Math.min(PIECE, floats - at);
                sum += simd.sum(rows, gradients + at, piece);
                dot += simd.functions().dotCentred(mean(channel), rows, at, rows, gradients + at, piece);
            }
            storeGradients(channel, dot, sum);
            if (dx.wanted()) {
                inputGradient(channel, dot, sum, rows, floats);
            }
        }
    }

    private void inputGradient(int channel, double dot, double sum, float[] rows, int floats) {
        int gradients = longest;
        int result = dx.accumulate() ? 2 * longest : gradients;
        double deviation = inverseDeviation(channel);
        double scale = weight(channel) * deviation;
        double share = training() ? scale / count() : 0;
        float a = (float) scale;
        float b = (float) (-share * deviation * deviation * dot);
        float c = (float) (-share * sum);
        float mean = mean(channel);
        if (dx.accumulate()) {
            gather(dx.region(), channel, rows, result);
            simd.functions().addCombination(a, rows, gradients, b, mean, rows, 0, c, rows, result, floats);
        } else {
            simd.functions().combine(a, rows, gradients, b, mean, rows, 0, c, rows, result, floats);
        }
        scatter(rows, result, dx.region(), channel);
    }

    private void gather(Region from, int channel, float[] rows, int at) {
        int first = (int) from.at(0) + channel * area;
        simd.planes().copyRows(CpuMemory.values(from), first, (int) from.stride(), rows, at, area, batch(), area);
    }

    private void scatter(float[] rows, int at, Region to, int channel) {
        int first = (int) to.at(0) + channel * area;
        simd.planes().copyRows(rows, at, area, CpuMemory.values(to), first, (int) to.stride(), batch(), area);
    }
}
