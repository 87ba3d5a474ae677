package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Binding;

/**
 * Batch normalisation of images by the running statistics. Nothing is to be summed over the batch, so a tile is some channels that lie side by side, of one sample
 * after the other: long pieces of memory, read and written once.
 */
final class BatchNormInference {
    /** Floats of a tile in a sample. */
    private static final int TILE = 2048;

    private final BatchNormKernel kernel;
    private final NormalizedChannels normalized;
    private final Scratch scratch;
    private final int longest;
    private final Elementwise forward;

    BatchNormInference(BatchNormKernel kernel, Binding binding, Cpu cpu) {
        this.kernel = kernel;
        normalized = new NormalizedChannels(cpu.simd(), kernel.activation, kernel.area);
        longest = Math.min(kernel.channels, Math.max(1, TILE / kernel.area));
        scratch = cpu.scratch(3L * longest);
        int weight = Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) binding.capacity() * kernel.area));
        forward = new Elementwise(cpu.workers(), kernel.channels, weight, longest, this::forward);
    }

    void forward() {
        forward.run(1);
    }

    private void forward(int one, int from, int length, int worker) {
        float[] numbers = scratch.of(worker);
        for (int i = 0; i < length; i++) {
            kernel.numbers(from + i, numbers, i, longest);
        }
        float[] in = CpuMemory.values(kernel.x);
        float[] out = CpuMemory.values(kernel.y);
        for (int sample = 0; sample < kernel.batch(); sample++) {
            int inAt = (int) kernel.x.at(sample) + from * kernel.area;
            int outAt = (int) kernel.y.at(sample) + from * kernel.area;
            normalized.normalize(numbers, longest, in, inAt, out, outAt, length);
        }
    }
}
