package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;

/** Batch normalisation by the running statistics of tensors in channel blocks. A tile is some pixels of a block, of one sample after the other. */
final class BlockedBatchNorm {
    /** Pixels of a tile: many enough for a block's numbers to be quickly made beside it. */
    private static final int PIECE = 1024;
    /** Pixels between normalising and activating, which stay in the first-level cache. */
    private static final int STRETCH = Elementwise.TILE / BlockSimd.SIZE;

    private final BatchNormKernel kernel;
    private final PixelSimd pixels;
    private final boolean rectifies;
    private final boolean activates;
    private final int pieces;
    private final int longest;
    private final Scratch scratch;
    private final Elementwise forward;

    BlockedBatchNorm(BatchNormKernel kernel, int capacity, Cpu cpu) {
        this.kernel = kernel;
        pixels = BlockRows.pixels(cpu.simd());
        rectifies = kernel.activation instanceof ReluActivation;
        activates = !rectifies && kernel.activation != Activation.NONE;
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
            normalize(numbers, (int) kernel.x.at(sample) + at, (int) kernel.y.at(sample) + at, count);
        }
    }

    /** Normalises and activates some pixels of a block, with its means, factors and biases. */
    void normalize(float[] numbers, int xAt, int yAt, int count) {
        float[] in = CpuMemory.values(kernel.x);
        float[] out = CpuMemory.values(kernel.y);
        if (!activates) {
            pixels.normalize(numbers, rectifies, in, xAt, out, yAt, count);
            return;
        }
        for (int i = 0; i < count; i += STRETCH) {
            int now = Math.min(STRETCH, count - i);
            int to = yAt + i * BlockSimd.SIZE;
            pixels.normalize(numbers, false, in, xAt + i * BlockSimd.SIZE, out, to, now);
            kernel.activation.apply(out, to, now * BlockSimd.SIZE);
        }
    }
}
