package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;
import org.jspecify.annotations.Nullable;

/** Batch normalisation by the running statistics of tensors in channel blocks. A tile is some pixels of a block, of one sample after the other. */
final class BlockedBatchNorm {
    /** Pixels of a tile: many enough for a block's numbers to be quickly made beside it. */
    private static final int PIECE = 1024;
    /** Pixels between normalising and activating, which stay in the first-level cache. */
    private static final int STRETCH = Elementwise.TILE / BlockSimd.SIZE;

    private final BatchNormKernel kernel;
    private final PixelSimd pixels;
    private final int pieces;
    private final int longest;
    private final Scratch scratch;
    private final Elementwise forward;
    private Activation activation;
    private @Nullable Region addend;

    BlockedBatchNorm(BatchNormKernel kernel, int capacity, Cpu cpu) {
        this.kernel = kernel;
        pixels = BlockRows.pixels(cpu.simd());
        activation = kernel.activation;
        pieces = (kernel.area + PIECE - 1) / PIECE;
        longest = (kernel.area + pieces - 1) / pieces;
        scratch = cpu.scratch(3L * BlockSimd.SIZE);
        int weight = Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) capacity * longest * BlockSimd.SIZE));
        int together = Math.max(1, PIECE / 4 / longest);
        forward = new Elementwise(
                cpu.workers(), (long) kernel.channels / BlockSimd.SIZE * pieces, weight, together, this::forward);
    }

    void forward() {
        forward.run(1);
    }

    private void forward(int one, int from, int length, int worker) {
        for (int piece = from; piece < from + length; piece++) {
            piece(piece / pieces, piece % pieces * longest, scratch.of(worker));
        }
    }

    private void piece(int block, int from, float[] numbers) {
        for (int i = 0; i < BlockSimd.SIZE; i++) {
            kernel.numbers(block * BlockSimd.SIZE + i, numbers, i, BlockSimd.SIZE);
        }
        int at = (block * kernel.area + from) * BlockSimd.SIZE;
        int count = Math.min(longest, kernel.area - from);
        for (int sample = 0; sample < kernel.batch(); sample++) {
            normalize(numbers, sample, at, count);
        }
    }

    /** From now on another tensor is added before the activation, which is another too. */
    void add(Region other, Activation of) {
        addend = other;
        activation = of;
    }

    /**
     * Normalises and activates some pixels of a block, with its means, factors and biases.
     *
     * @param at where they begin in a sample, in floats
     */
    void normalize(float[] numbers, int sample, int at, int count) {
        float[] in = CpuMemory.values(kernel.x);
        float[] out = CpuMemory.values(kernel.y);
        int xAt = (int) kernel.x.at(sample) + at;
        int yAt = (int) kernel.y.at(sample) + at;
        boolean rectifies = activation instanceof ReluActivation;
        if (addend == null && (rectifies || activation == Activation.NONE)) {
            pixels.normalize(numbers, rectifies, in, xAt, out, yAt, count);
            return;
        }
        for (int i = 0; i < count; i += STRETCH) {
            int length = Math.min(STRETCH, count - i) * BlockSimd.SIZE;
            int from = i * BlockSimd.SIZE;
            pixels.normalize(numbers, false, in, xAt + from, out, yAt + from, length / BlockSimd.SIZE);
            finish(addend, sample, at + from, out, yAt + from, length);
        }
    }

    private void finish(@Nullable Region other, int sample, int at, float[] out, int to, int length) {
        if (other == null) {
            activation.apply(out, to, length);
            return;
        }
        float[] values = CpuMemory.values(other);
        activation.applyToSum(kernel.simd, values, (int) other.at(sample) + at, out, to, out, to, length);
    }
}
