package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.MatrixSimd;
import java.util.Arrays;

/** Copies columns of a matrix that lies in rows into a panel. */
final class Panels {
    private final MatrixSimd simd;
    private final int[] rows;
    private final int[] pieces;

    /** Of a matrix whose rows begin at these offsets. */
    Panels(MatrixSimd simd, int[] rows) {
        this.simd = simd;
        this.rows = rows;
        pieces = new int[2 * (simd.columns() / simd.piece())];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = i / 2 * simd.piece();
        }
    }

    /**
     * Copies {@code width} columns of some rows, from {@code from} behind each row's offset; what a panel has beyond is
     * zero. Reads no further than it is asked.
     */
    void copy(float[] matrix, int from, int first, int count, int width, float[] panel, int panelAt) {
        if (width == simd.columns()) {
            simd.copyPieces(matrix, from, rows, first, count, pieces, 0, pieces.length / 2, panel, panelAt, width);
            return;
        }
        for (int row = 0; row < count; row++) {
            int to = panelAt + row * simd.columns();
            System.arraycopy(matrix, from + rows[first + row], panel, to, width);
            Arrays.fill(panel, to + width, to + simd.columns(), 0f);
        }
    }
}
