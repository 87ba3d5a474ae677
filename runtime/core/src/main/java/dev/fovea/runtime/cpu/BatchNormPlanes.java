package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;

/** Batch normalisation of images: the elements of a channel lie together, sample by sample. */
final class BatchNormPlanes extends BatchNormKernel {
    private final BatchNormInference inference;
    private final NormalizedChannels normalized;
    private final Scratch scratch;
    private final Elementwise forward;
    private final Elementwise backward;

    BatchNormPlanes(Binding binding, Cpu cpu) {
        super(binding, cpu);
        inference = new BatchNormInference(this, binding, cpu);
        normalized = new NormalizedChannels(simd, activation, area);
        scratch = cpu.scratch(3);
        int weight = Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) binding.capacity() * area));
        forward = Elementwise.channels(cpu.workers(), channels, weight, this::forward);
        backward = Elementwise.channels(cpu.workers(), channels, weight, this::backward);
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
        float[] numbers = scratch.of(worker);
        float[] in = CpuMemory.values(x);
        float[] out = CpuMemory.values(y);
        for (int channel = from; channel < from + length; channel++) {
            measure(channel);
            numbers(channel, numbers, 0, 1);
            for (int sample = 0; sample < batch(); sample++) {
                int inAt = (int) x.at(sample) + channel * area;
                normalized.normalize(numbers, 1, in, inAt, out, (int) y.at(sample) + channel * area, 1);
            }
        }
    }

    private void measure(int channel) {
        float[] in = CpuMemory.values(x);
        double sum = 0;
        for (int sample = 0; sample < batch(); sample++) {
            sum += simd.sum(in, (int) x.at(sample) + channel * area, area);
        }
        double mean = sum / count();
        double squares = 0;
        for (int sample = 0; sample < batch(); sample++) {
            squares += simd.sumOfSquares((float) mean, in, (int) x.at(sample) + channel * area, area);
        }
        learn(channel, mean, (float) mean, squares);
    }

    private void backward(int one, int from, int length, int worker) {
        float[] in = CpuMemory.values(x);
        float[] gradient = dy.values();
        for (int channel = from; channel < from + length; channel++) {
            float mean = mean(channel);
            double sum = 0;
            double dot = 0;
            for (int sample = 0; sample < batch(); sample++) {
                int gradientAt = dy.at(sample) + channel * area;
                int inAt = (int) x.at(sample) + channel * area;
                sum += simd.sum(gradient, gradientAt, area);
                dot += simd.functions().dotCentred(mean, in, inAt, gradient, gradientAt, area);
            }
            storeGradients(channel, dot, sum);
            if (dx.wanted()) {
                for (int sample = 0; sample < batch(); sample++) {
                    inputGradient(sample, channel, dot, sum);
                }
            }
        }
    }

    private void inputGradient(int sample, int channel, double dot, double sum) {
        double deviation = inverseDeviation(channel);
        double scale = weight(channel) * deviation;
        float[] source = dy.values();
        int sourceAt = dy.at(sample) + channel * area;
        float[] target = dx.values();
        int targetAt = dx.at(sample) + channel * area;
        if (!training()) {
            if (dx.accumulate()) {
                simd.addScaled((float) scale, source, sourceAt, target, targetAt, area);
            } else {
                simd.affine((float) scale, 0, source, sourceAt, target, targetAt, area);
            }
            return;
        }
        float a = (float) scale;
        float b = (float) (-scale * deviation * deviation * dot / count());
        float c = (float) (-scale * sum / count());
        float[] in = CpuMemory.values(x);
        int inAt = (int) x.at(sample) + channel * area;
        if (dx.accumulate()) {
            simd.functions().addCombination(a, source, sourceAt, b, mean(channel), in, inAt, c, target, targetAt, area);
        } else {
            simd.functions().combine(a, source, sourceAt, b, mean(channel), in, inAt, c, target, targetAt, area);
        }
    }
}
