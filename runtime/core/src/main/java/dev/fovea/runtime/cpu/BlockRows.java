package dev.fovea.runtime.cpu;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;
import dev.fovea.runtime.simd.Simd;

/** Rows of pixels in channel blocks, shared out among the threads: what happens to a block of a sample can be cut between any two rows. */
final class BlockRows {
    /** Floats that a tile reads: long enough for the rows that two tiles read to be few, short enough for small images to have several tiles. */
    private static final int TILE = 16_384;

    private final int rows;
    private final Band body;
    private final Elementwise loop;

    /** What happens to some rows of a block. */
    @FunctionalInterface
    interface Band {
        /** Does the rows from {@code from} to {@code to}, exclusive, of a block of a sample. */
        void run(int sample, int block, int from, int to, int worker);
    }

    /**
     * A loop over the blocks of samples.
     *
     * @param rows of a block
     * @param weight floats that a row stands for
     */
    BlockRows(Workers workers, int channels, int rows, int weight, Band body) {
        this.rows = rows;
        this.body = body;
        loop = new Elementwise(
                workers,
                (long) channels / BlockSimd.SIZE * rows,
                weight,
                Math.max(1, TILE / Math.max(1, weight)),
                this::range);
    }

    /** Whether a tensor can lie in blocks and there are loops for it. */
    static boolean fits(Simd simd, Shape shape) {
        return shape.rank() == 3
                && shape.channels() % BlockSimd.SIZE == 0
                && simd.blocks().isPresent();
    }

    /** The loops over pixels, which are there where a tensor fits. */
    static PixelSimd pixels(Simd simd) {
        return simd.blocks().orElseThrow().pixels();
    }

    /** Does the first samples of the batch. */
    void run(int samples) {
        loop.run(samples);
    }

    private void range(int sample, int from, int length, int worker) {
        int end = from + length;
        for (int at = from; at < end; ) {
            int block = at / rows;
            int to = Math.min(end, (block + 1) * rows);
            body.run(sample, block, at - block * rows, to - block * rows, worker);
            at = to;
        }
    }
}
