package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.MatrixSimd;

/**
 * Part of a product's weight, some rows by a block of terms, brought to where it is multiplied with one panel after the other and stays in
 * the second-level cache. In the weight itself rows lie at distances that often are powers of two, and caches place such lines together;
 * and the loops want distances that are constants.
 *
 * <p>The gradient of an input multiplies with the weight turned around. Where that is a plain matrix it need not be turned first: its
 * columns, of which each is a piece of a row of the weight, are brought as a panel is.
 */
final class NearWeight {
    private final MatrixSimd simd;
    private final int terms;
    private final boolean byColumns;
    private final int side;
    private final int[] nearRows;
    private final int[] columns;
    private final int[] pieces;
    private final int groupStride;

    /**
     * A part to be brought.
     *
     * @param rows the most at once
     * @param blockTerms the most at once
     * @param allRows of the weight
     * @param allTerms of each
     * @param byColumns whether the weight comes as {@code [terms, rows]}, see {@link #canComeByColumns}
     */
    NearWeight(MatrixSimd simd, int rows, int blockTerms, int allRows, int allTerms, boolean byColumns) {
        this.simd = simd;
        this.terms = allTerms;
        this.byColumns = byColumns;
        this.side = simd.turnedRows();
        this.nearRows = RowGroups.offsets(byColumns ? 0 : rows, MatrixSimd.ROW_DISTANCE);
        this.columns = RowGroups.offsets(byColumns ? allTerms : 0, allRows);
        // A line more, so that groups are at no distance of a power of two.
        this.groupStride = (blockTerms + 2) * side;
        int perGroup = side / Math.min(simd.piece(), side);
        this.pieces = new int[byColumns ? 2 * perGroup * (rows / side) : 0];
        for (int i = 0; i < pieces.length / 2; i++) {
            pieces[2 * i] = i * simd.piece();
            pieces[2 * i + 1] = i / perGroup * groupStride + i % perGroup * simd.piece();
        }
    }

    /** Whether the loops take a weight of so many rows by columns. */
    static boolean canComeByColumns(MatrixSimd simd, int rows) {
        return simd.multipliesTurned() && rows % simd.turnedRows() == 0;
    }

    /** Floats to bring any part, with what copying writes too much. */
    long floats() {
        long grouped = (long) pieces.length * simd.piece() / (2L * side) * groupStride;
        return byColumns ? grouped : (long) nearRows.length * MatrixSimd.ROW_DISTANCE;
    }

    /** Brings {@code count} rows from row {@code first} on, of each {@code depth} terms from {@code term} on. */
    void bring(float[] weight, int weightAt, int first, int count, int term, int depth, float[] work, int to) {
        if (byColumns) {
            int copied = count / simd.piece();
            simd.copyPieces(weight, weightAt + first, columns, term, depth, pieces, 0, copied, work, to, side);
            return;
        }
        int from = weightAt + first * terms + term;
        for (int row = 0; row < count; row++) {
            System.arraycopy(weight, from + row * terms, work, to + nearRows[row], depth);
        }
    }

    /** Adds the product of what was brought and a panel, both in {@code work}, to sums there. */
    void multiply(float[] work, int at, int count, int depth, int panelAt, int used, int sumsAt, int stride) {
        if (byColumns) {
            multiplyTurned(work, at, count, depth, panelAt, used, sumsAt, stride);
            return;
        }
        for (int row = 0; row < count; ) {
            int rows = RowGroups.nextUsed(simd, count - row, used);
            int to = sumsAt + row * stride;
            simd.multiplyUsed(rows, used, work, at, nearRows, row, work, panelAt, depth, work, to, stride);
            row += rows;
        }
    }

    private void multiplyTurned(
            float[] work, int at, int count, int depth, int panelAt, int used, int sumsAt, int stride) {
        int height = used <= simd.lanes() ? simd.turnedNarrowTileRows() : simd.turnedTileRows();
        for (int row = 0; row < count; row += height) {
            int from = at + row / side * groupStride + row % side;
            simd.multiplyTurned(height, work, from, work, panelAt, depth, sumsAt + row * stride, stride);
        }
    }
}
