package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.MatrixSimd;

/** Cuts the rows of a product into tiles' heights. */
final class RowGroups {
    private RowGroups() {}

    /** The height of the next tile of {@link MatrixSimd#multiply} when so many rows are left. */
    static int next(MatrixSimd simd, int left) {
        return next(simd.tileRows(), left);
    }

    /** The same of {@link MatrixSimd#multiplyUsed} for rows that are {@link MatrixSimd#ROW_DISTANCE} apart. */
    static int nextUsed(MatrixSimd simd, int left, int used) {
        boolean narrow = used <= simd.lanes() && left >= simd.narrowTileRows();
        return narrow ? simd.narrowTileRows() : next(simd, left);
    }

    /** The same of {@link MatrixSimd#multiplyGathered}. */
    static int nextGathered(int left) {
        return next(MatrixSimd.GATHERED_TILE_ROWS, left);
    }

    /** Two of 4 are quicker than a 6 and a 2. */
    private static int next(int most, int left) {
        return left == 8 && most < 8 ? 4 : Math.min(left, most);
    }

    /** So many rows that {@code shares} times as many are enough, and none but the last share has a tile that is not full. */
    static int share(MatrixSimd simd, int rows, int shares) {
        return share(simd.tileRows(), rows, shares);
    }

    /** The same where tiles begin at multiples of so many rows. */
    static int share(int tileRows, int rows, int shares) {
        int tiles = (rows + tileRows - 1) / tileRows;
        return (tiles + shares - 1) / shares * tileRows;
    }

    /** The offsets of rows at a fixed distance, with room for a tile to look ahead. */
    static int[] offsets(int rows, int stride) {
        int[] offsets = new int[rows];
        for (int i = 0; i < rows; i++) {
            offsets[i] = Math.multiplyExact(i, stride);
        }
        return offsets;
    }
}
