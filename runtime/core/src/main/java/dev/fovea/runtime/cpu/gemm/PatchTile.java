package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.WinogradSimd;

/**
 * Which patches make a tile: a range of them, counted along the rows, through all rows and samples, cut into <i>runs</i> that lie side by
 * side in one row; and where they go, in pieces that a register holds, in panels. A tile may begin and end anywhere in a row, so panels
 * and pieces are full but for the last of all. One object a worker, set for each tile.
 */
final class PatchTile {
    private final int height;
    private final int width;
    private final int piece;
    private final int panelWidth;
    private final int panelStride;
    private final int[] lengths;
    private final int[] lasts;
    private final int[] samples;
    private final int[] rows;
    private final int[] firstColumns;
    private final int[] pieces;
    private final int[] imageRows = new int[WinogradSimd.PATCH];
    private int runs;
    private int pieceCount;
    private int patches;
    private int laidOut = -1;

    /**
     * A tile to be set.
     *
     * @param height rows of patches of a sample
     * @param width patches of a row
     * @param most patches of a tile
     * @param piece the longest piece, see {@link dev.fovea.runtime.simd.WinogradSimd#patches}
     * @param panelWidth columns of a panel
     * @param panelStride from one panel to the next
     */
    PatchTile(int height, int width, int most, int piece, int panelWidth, int panelStride) {
        this.height = height;
        this.width = width;
        this.piece = piece;
        this.panelWidth = panelWidth;
        this.panelStride = panelStride;
        int mostRuns = (most + width - 1) / width + 1;
        samples = new int[mostRuns];
        rows = new int[mostRuns];
        firstColumns = new int[mostRuns];
        lengths = new int[mostRuns];
        lasts = new int[mostRuns];
        pieces = new int[2 * (most / piece + most / panelWidth + 2)];
    }

    /** Lays out the patches from one on, counted through all samples. */
    void set(int first, int count) {
        if (laidOut == first && patches == count) {
            return;
        }
        laidOut = first;
        patches = count;
        runs = 0;
        for (int column = 0; column < count; ) {
            int from = (first + column) % width;
            int length = Math.min(width - from, count - column);
            samples[runs] = (first + column) / width / height;
            rows[runs] = (first + column) / width % height;
            firstColumns[runs] = from;
            lengths[runs] = length;
            column += length;
            lasts[runs++] = column - 1;
        }
        pieceCount = 0;
        for (int column = 0; column < count; ) {
            int to = column % panelWidth;
            pieces[2 * pieceCount] = column;
            pieces[2 * pieceCount + 1] = column / panelWidth * panelStride + to;
            pieceCount++;
            column += Math.min(Math.min(count - column, piece), panelWidth - to);
        }
    }

    /** The patches of the tile. */
    int patches() {
        return patches;
    }

    /** Panels that the patches fill. */
    int panels() {
        return (patches + panelWidth - 1) / panelWidth;
    }

    /** The number of runs. */
    int runs() {
        return runs;
    }

    /** The sample that a run is of. */
    int sample(int run) {
        return samples[run];
    }

    /** The row of patches that a run is of. */
    int row(int run) {
        return rows[run];
    }

    /** The first patch of a run in its row. */
    int first(int run) {
        return firstColumns[run];
    }

    /** The patches of a run. */
    int length(int run) {
        return lengths[run];
    }

    /** The last patch of each run, counted through the tile. */
    int[] lasts() {
        return lasts;
    }

    /** Room for where the six rows of an image begin that a run reads. */
    int[] imageRows() {
        return imageRows;
    }

    /** The number of pieces. */
    int pieceCount() {
        return pieceCount;
    }

    /** Pairs of which patch of the tile a piece begins with, and where that goes. */
    int[] pieces() {
        return pieces;
    }
}
