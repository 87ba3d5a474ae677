package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.MatrixSimd;

/**
 * A weight that is kept as {@link GatherProduct} multiplies it, so that no tile brings any of it near: {@code [groups, blocks of the sum,
 * rows / R, terms of a block, R]} with R the {@linkplain MatrixSimd#turnedRows rows side by side}, as long as the weight. What a tile multiplies with lies
 * together, in the order in which it is read.
 */
final class KeptWeight {
    /** Groups of rows side by side that few columns are multiplied with at a time. */
    private static final int MOST_GROUPS = 2;

    private final MatrixSimd simd;
    private final Blocking blocking;
    private final int groups;
    private final int rows;
    private final int side;

    KeptWeight(MatrixSimd simd, Blocking blocking, int groups, int rows) {
        this.simd = simd;
        this.blocking = blocking;
        this.groups = groups;
        this.rows = rows;
        this.side = simd.turnedRows();
    }

    /** Whether the loops take a weight of so many rows so. */
    static boolean fits(MatrixSimd simd, int rows) {
        return simd.multipliesTurnedApart() && rows % simd.turnedRows() == 0;
    }

    /** Its length. */
    long floats() {
        return (long) groups * rows * blocking.depth();
    }

    /** Brings a weight {@code [groups, rows, terms]} into this form. */
    void fill(float[] weight, int weightAt, float[] form, int formAt) {
        int depth = blocking.depth();
        int to = formAt;
        for (int group = 0; group < groups; group++) {
            for (int block = 0; block < blocking.blocks(); block++) {
                for (int row = 0; row < rows; row += side) {
                    int from = weightAt + (group * rows + row) * depth;
                    for (int term = blocking.blockFirst(block); term < blocking.blockFirst(block + 1); term++) {
                        for (int i = 0; i < side; i++) {
                            form[to++] = weight[from + i * depth + term];
                        }
                    }
                }
            }
        }
    }

    /** Floats to work with where a panel has few columns. */
    int columnFloats() {
        return simd.turnedColumns() * MOST_GROUPS * side;
    }

    /**
     * Adds the product of some rows of a block with a panel to sums.
     *
     * @param row the first, of a group of channels, a multiple of R
     * @param used columns of the panel
     * @param work has the panel and the sums
     * @param columnsAt room for {@link #columnFloats}
     */
    void multiply(
            float[] form,
            int formAt,
            int group,
            int block,
            int row,
            int count,
            float[] work,
            int panelAt,
            int used,
            int sumsAt,
            int stride,
            int columnsAt) {
        int first = blocking.blockFirst(block);
        int depth = blocking.blockFirst(block + 1) - first;
        int from = formAt + group * rows * blocking.depth() + first * rows + row * depth;
        if (used <= simd.turnedColumns()) {
            addColumns(form, from, count, depth, work, panelAt, used, sumsAt, stride, columnsAt);
            return;
        }
        int height = used <= simd.lanes() ? simd.turnedNarrowTileRows() : simd.turnedTileRows();
        for (int i = 0; i < count; i += height) {
            int at = from + i / side * side * depth + i % side;
            simd.multiplyTurned(height, form, at, work, panelAt, depth, sumsAt + i * stride, stride);
        }
    }

    /** Columns so few that a register is better filled with rows. */
    private void addColumns(
            float[] form,
            int from,
            int count,
            int depth,
            float[] work,
            int panelAt,
            int columns,
            int sumsAt,
            int stride,
            int columnsAt) {
        for (int row = 0; row < count; ) {
            int groups = Math.min(MOST_GROUPS, (count - row) / side);
            int height = groups * side;
            int at = sumsAt + row * stride;
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < columns; j++) {
                    work[columnsAt + j * height + i] = work[at + i * stride + j];
                }
            }
            simd.multiplyColumns(groups, form, from + row * depth, side * depth, work, panelAt, depth, columnsAt);
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < columns; j++) {
                    work[at + i * stride + j] = work[columnsAt + j * height + i];
                }
            }
            row += height;
        }
    }
}
