package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.MatrixSimd;

/** Cuts the rows of a product into tiles' heights. */
final class RowGroups {
    private RowGroups() {}

    /** The height of the next tile when so many rows are left: two of 4 are quicker than a 6 and a 2. */
    static int next(int left) {
        return left == 8 ? 4 : Math.min(left, MatrixSimd.TILE_ROWS);
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
