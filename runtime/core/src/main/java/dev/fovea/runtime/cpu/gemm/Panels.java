package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.MatrixSimd;
import java.util.Arrays;

/**
 * Copies columns of a matrix that lies in rows into panels side by side. A row is read in one go: a panel at a time would touch a cache
 * line a row, each in another page of memory.
 */
final class Panels {
    private final MatrixSimd simd;
    private final int[] rows;
    private final int[] pieces;
    private final int stride;

    /**
     * Of a matrix.
     *
     * @param rows where its rows begin
     * @param columns the most that are copied at a time
     * @param height the most rows that are copied at a time
     */
    Panels(MatrixSimd simd, int[] rows, int columns, int height) {
        this.simd = simd;
        this.rows = rows;
        int width = simd.columns();
        int piece = simd.piece();
        stride = Math.multiplyExact(height, width);
        pieces = new int[2 * (columns / width) * (width / piece)];
        for (int i = 0; i < pieces.length / 2; i++) {
            int column = i * piece;
            pieces[2 * i] = column;
            pieces[2 * i + 1] = column / width * stride + column % width;
        }
    }

    /** Floats that the panels take. */
    static long size(MatrixSimd simd, int columns, int height) {
        int width = simd.columns();
        return (long) (columns + width - 1) / width * width * height + simd.piece();
    }

    /** From one panel to the next. */
    int stride() {
        return stride;
    }

    /**
     * Copies {@code width} columns of some rows, from {@code from} behind each row's offset; what the last panel has beyond is
     * zero. Reads no further than it is asked.
     */
    void copy(float[] matrix, int from, int first, int count, int width, float[] panels, int panelsAt) {
        int columns = simd.columns();
        int whole = width / columns;
        int perPanel = columns / simd.piece();
        simd.copyPieces(matrix, from, rows, first, count, pieces, 0, whole * perPanel, panels, panelsAt, columns);
        int rest = width - whole * columns;
        if (rest > 0) {
            for (int row = 0; row < count; row++) {
                int to = panelsAt + whole * stride + row * columns;
                System.arraycopy(matrix, from + rows[first + row] + whole * columns, panels, to, rest);
                Arrays.fill(panels, to + rest, to + columns, 0f);
            }
        }
    }
}
