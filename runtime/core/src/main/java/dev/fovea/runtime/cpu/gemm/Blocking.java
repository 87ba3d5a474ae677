package dev.fovea.runtime.cpu.gemm;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.simd.MatrixSimd;

/**
 * How the implicit matrix of a {@link Gather} is cut: into tiles of so many output rows (of any samples) by so many output
 * columns, and along the sum into blocks. All of it follows from shapes.
 *
 * @param gather what is read
 * @param channels of the image, of one group
 * @param tileRows output rows of a tile, counted through all samples
 * @param tileWidth output columns of a tile
 * @param blockDepth the most terms of the sum in one block
 * @param preparedRows the most prepared rows of a tile
 */
record Blocking(Gather gather, int channels, int tileRows, int tileWidth, int blockDepth, int preparedRows) {
    /** So many tiles that it hardly matters when the last of them is smaller or one thread has one more. */
    private static final int MANY_TILES = 16;

    /** A tile of about so many columns. */
    static Blocking of(Gather gather, int channels, int columns, int blockDepth, int capacity) {
        int height = gather.rows().outputs();
        int width = gather.columns().outputs();
        int strips = Math.max(1, (width + columns - 1) / columns);
        int tileWidth = (width + strips - 1) / strips;
        int tileRows = (int) Math.min(Math.max(1, columns / tileWidth), (long) capacity * height);
        return cut(gather, channels, tileRows, tileWidth, blockDepth, capacity);
    }

    /**
     * The same where a tile may be any part of the matrix: of few tiles, cut so that two threads have as much to do as each other. What
     * counts is panels, since one that is not full costs as much.
     *
     * @param moreStrips by how many more strips rows may be cut than they need be
     * @param panel columns of a panel
     */
    static Blocking even(
            Gather gather, int channels, int columns, int moreStrips, int panel, int blockDepth, int capacity) {
        Blocking best = of(gather, channels, columns, blockDepth, capacity);
        if (best.tiles(capacity) >= MANY_TILES) {
            return best;
        }
        int width = gather.columns().outputs();
        int least = best.longestShare(panel, capacity);
        int fewest = best.strips();
        for (int strips = fewest; strips <= Math.min(width, fewest + moreStrips); strips++) {
            int tileWidth = (width + strips - 1) / strips;
            int most = Math.max(
                    1, Math.min(columns / tileWidth, capacity * gather.rows().outputs()));
            for (int tileRows = most; tileRows > most / 2; tileRows--) {
                Blocking other = cut(gather, channels, tileRows, tileWidth, blockDepth, capacity);
                int share = other.longestShare(panel, capacity);
                if (share < least) {
                    best = other;
                    least = share;
                }
            }
        }
        return best;
    }

    /** The panels of the busier one of two threads of which each takes the next tile when it is free. */
    private int longestShare(int panel, int capacity) {
        int rows = capacity * gather.rows().outputs();
        int width = gather.columns().outputs();
        int one = 0;
        int other = 0;
        for (int row = 0; row < rows; row += tileRows) {
            for (int column = 0; column < width; column += tileWidth) {
                int outputs = Math.min(tileRows, rows - row) * Math.min(tileWidth, width - column);
                int panels = (outputs + panel - 1) / panel;
                if (one <= other) {
                    one += panels;
                } else {
                    other += panels;
                }
            }
        }
        return Math.max(one, other);
    }

    private static Blocking cut(
            Gather gather, int channels, int tileRows, int tileWidth, int blockDepth, int capacity) {
        int height = gather.rows().outputs();
        // A tile touches so many samples, and each brings rows that only its taps reach.
        int samples = Math.min(capacity, (tileRows + height - 2) / height + 1);
        int preparedRows = tileRows + samples * gather.rows().span();
        return new Blocking(gather, channels, tileRows, tileWidth, blockDepth, preparedRows);
    }

    /** At most so many columns, so that all tiles are about even: of whole rows, where a row is not longer. */
    static int evenColumns(Gather gather, int columns, int capacity) {
        int width = gather.columns().outputs();
        long rows = (long) capacity * gather.rows().outputs();
        if (width == 0 || rows == 0 || width > columns) {
            return columns;
        }
        long tiles = (rows + columns / width - 1) / (columns / width);
        return (int) ((rows + tiles - 1) / tiles) * width;
    }

    /** A depth of at most so many terms that makes no more blocks than have to be, about even, and of whole channels where that goes. */
    static int evenDepth(int channels, int taps, int most) {
        int depth = channels * taps;
        if (depth == 0) {
            return most;
        }
        int blocks = (depth + most - 1) / most;
        int even = (depth + blocks - 1) / blocks;
        int whole = (even + taps - 1) / taps * taps;
        return whole <= most ? whole : even;
    }

    /** The terms of the sum. */
    int depth() {
        return channels * gather.taps();
    }

    /** The number of blocks the sum is cut into. */
    int blocks() {
        return (depth() + blockDepth - 1) / blockDepth;
    }

    /** The first term of a block; that of the block behind the last is the depth. */
    int blockFirst(int block) {
        return Math.min(depth(), block * blockDepth);
    }

    /** The first channel that a block touches. */
    int firstChannel(int block) {
        return blockFirst(block) / gather.taps();
    }

    /** The channels that a block touches. */
    int channels(int block) {
        return (blockFirst(block + 1) - 1) / gather.taps() + 1 - firstChannel(block);
    }

    /** Prepared columns of a tile. */
    int preparedWidth() {
        return tileWidth + gather.columns().span();
    }

    /** Floats of a prepared plane. */
    int planeStride() {
        return preparedRows * preparedWidth();
    }

    /** Floats of a prepared channel. */
    int channelStride() {
        return gather.phases() * planeStride();
    }

    /** Floats to prepare the channels of any block, with room for reading past the end. */
    int preparedSize(MatrixSimd simd) {
        int most = 0;
        for (int block = 0; block < blocks(); block++) {
            most = Math.max(most, channels(block));
        }
        return Math.addExact(Math.multiplyExact(most, channelStride()), simd.columns());
    }

    /** Output columns of a tile. */
    int tileColumns() {
        return tileRows * tileWidth;
    }

    /** Tiles side by side along a row. */
    int strips() {
        return Math.max(1, (gather.columns().outputs() + tileWidth - 1) / tileWidth);
    }

    /** Tiles of a batch. */
    int tiles(int batch) {
        int rows = batch * gather.rows().outputs();
        return strips() * ((rows + tileRows - 1) / tileRows);
    }

    /** Where each term of the sum is read for the tile's first output, in the channels prepared for its block. */
    int[] offsets() {
        int[] offsets = new int[depth()];
        for (int block = 0; block < blocks(); block++) {
            for (int k = blockFirst(block); k < blockFirst(block + 1); k++) {
                int tap = k % gather.taps();
                offsets[k] = (k / gather.taps() - firstChannel(block)) * channelStride()
                        + gather.phase(tap) * planeStride()
                        + gather.rowOffset(tap) * preparedWidth()
                        + gather.columnOffset(tap);
            }
        }
        return offsets;
    }

    /** The same in an image of this shape itself, behind what the first output's first term reads: see {@link GatherAxis#isWithin}. */
    int[] offsetsWithin(Shape image) {
        int[] offsets = new int[depth()];
        for (int k = 0; k < offsets.length; k++) {
            int tap = k % gather.taps();
            offsets[k] =
                    k / gather.taps() * image.area() + gather.rowOffset(tap) * image.width() + gather.columnOffset(tap);
        }
        return offsets;
    }
}
