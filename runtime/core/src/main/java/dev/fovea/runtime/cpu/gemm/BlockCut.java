package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.BlockSimd;
import java.util.function.IntToLongFunction;

/**
 * How the outputs of a convolution in channel blocks, or their patches, are cut into tiles: some rows of one sample, or several whole samples where images are small; and, where
 * there are few of these, into parts of the output's channels. All of it follows from shapes and the largest batch.
 *
 * @param width the pixels of a row among the sums, with those that round it up
 * @param rows of a tile
 * @param strips tiles of a sample
 * @param samples of a tile, 1 where there are several strips
 * @param pairs of blocks of output channels
 */
record BlockCut(int width, int rows, int strips, int samples, int pairs) {
    /** Pixels of a tile: a piece of the weight that is read from far is multiplied with so many. */
    private static final int PIXELS = 224;
    /** Tiles to aim at, so that several threads are busy to the end. */
    private static final int ENOUGH_TILES = 8;

    /**
     * A cut.
     *
     * @param height rows of a sample
     * @param width of a row, rounded up as the loops like it
     * @param image floats that a tile of so many rows reads
     * @param most of them that a tile should read, if it is more than one row of one sample
     * @param outputs channels
     * @param capacity the largest batch
     */
    static BlockCut of(int height, int width, IntToLongFunction image, long most, int outputs, int capacity) {
        int rows = Math.max(1, Math.min(height, PIXELS / width));
        while (rows > 1 && image.applyAsLong(rows) > most) {
            rows--;
        }
        int strips = (height + rows - 1) / rows;
        rows = (height + strips - 1) / strips;
        int samples = 1;
        if (strips == 1) {
            int many = Math.max(1, PIXELS / (height * width));
            long room = Math.max(1, most / image.applyAsLong(rows));
            samples = (int) Math.min(Math.min(many, room), capacity);
        }
        int pairs = (outputs + BlockSimd.COLUMNS - 1) / BlockSimd.COLUMNS;
        return new BlockCut(width, rows, strips, samples, pairs);
    }

    /** Tiles that differ in what they read, of a batch. */
    int places(int batch) {
        return (batch + samples - 1) / samples * strips;
    }

    /** Parts of the output's channels. */
    int parts(int batch) {
        int places = places(batch);
        return Math.min(pairs, (ENOUGH_TILES + places - 1) / places);
    }

    /** The most pairs of a part where there is one place, whatever the batch. */
    int mostPairs() {
        int parts = parts(1);
        return (pairs + parts - 1) / parts;
    }

    /** The most pixels of a tile. */
    int pixels() {
        return samples * rows * width;
    }
}
