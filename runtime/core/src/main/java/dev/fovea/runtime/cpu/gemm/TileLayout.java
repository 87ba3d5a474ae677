package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.kernels.Region;

/**
 * Where the outputs of one tile lie: in samples and rows, in the image or a prepared part of it, and, cut into pieces that a register
 * holds, in panels. One object a worker, set for each tile. A <i>slot</i> is the run of rows that a tile has in one sample.
 */
final class TileLayout {
    private final Blocking blocking;
    private final int piece;
    private final int panelWidth;
    private final int panelStride;
    private final int[] rowAt;
    private final int[] pieces;
    private final int[] panelPiece;
    private int laidOut = -1;
    private int laidOutBatch;
    private boolean laidOutInPlace;
    private int firstRow;
    private int rows;
    private int firstColumn;
    private int width;
    private int panels;
    private int step;

    /**
     * A layout to be set.
     *
     * @param piece the longest piece, see {@link dev.fovea.runtime.simd.MatrixSimd#piece}
     * @param panelWidth columns of a panel
     */
    TileLayout(Blocking blocking, int piece, int panelWidth) {
        this(blocking, piece, panelWidth, 0);
    }

    /**
     * The same for panels that are copied together, row by row.
     *
     * @param panelStride from where one panel is copied to, to the next; 0 where each is copied by itself
     */
    TileLayout(Blocking blocking, int piece, int panelWidth, int panelStride) {
        this.blocking = blocking;
        this.piece = piece;
        this.panelWidth = panelWidth;
        this.panelStride = panelStride;
        int mostPanels = blocking.tileColumns() / panelWidth + 1;
        rowAt = new int[blocking.tileRows()];
        pieces = new int[2 * (blocking.tileColumns() / piece + blocking.tileRows() + mostPanels + 1)];
        panelPiece = new int[mostPanels + 1];
    }

    /** Lays out a tile of the first {@code batch} samples, to be read from its prepared image. */
    void set(int tile, int batch) {
        if (isLaidOut(tile, batch, false)) {
            return;
        }
        begin(tile, batch);
        step = 1;
        int height = blocking.gather().rows().outputs();
        int prepared = 0;
        for (int row = 0; row < rows; row++) {
            boolean nextSample = row > 0 && (firstRow + row) % height == 0;
            prepared += nextSample ? blocking.gather().rows().span() : 0;
            rowAt[row] = prepared++ * blocking.preparedWidth();
        }
        cut();
    }

    /** The same, to be read from the image itself: see {@link Gather#isIdentity} and {@link Gather#isEverySecond}. */
    void setInPlace(int tile, int batch, Region image) {
        if (isLaidOut(tile, batch, true)) {
            return;
        }
        begin(tile, batch);
        GatherAxis columns = blocking.gather().columns();
        step = columns.step();
        int rowStep = blocking.gather().rows().step() * columns.inputs();
        for (int row = 0; row < rows; row++) {
            rowAt[row] = (int) image.at(sample(row)) + outputRow(row) * rowStep + firstColumn * step;
        }
        cut();
    }

    /** Whether it is as it was the last time: where few tiles make a product, dividing would take longer than multiplying. */
    private boolean isLaidOut(int tile, int batch, boolean inPlace) {
        boolean same = laidOut == tile && laidOutBatch == batch && laidOutInPlace == inPlace;
        laidOut = tile;
        laidOutBatch = batch;
        laidOutInPlace = inPlace;
        return same;
    }

    private void begin(int tile, int batch) {
        int strip = tile % blocking.strips();
        firstColumn = strip * blocking.tileWidth();
        width = Math.min(blocking.tileWidth(), blocking.gather().columns().outputs() - firstColumn);
        firstRow = tile / blocking.strips() * blocking.tileRows();
        int height = blocking.gather().rows().outputs();
        rows = Math.min(blocking.tileRows(), batch * height - firstRow);
    }

    /** Cuts the rows, joined where they follow each other without a gap, at the panels' borders and into pieces. */
    private void cut() {
        int count = 0;
        int column = 0;
        int row = 0;
        panels = 0;
        while (row < rows) {
            int from = rowAt[row];
            int left = width;
            for (row++; step == 1 && row < rows && rowAt[row] == from + left; row++) {
                left += width;
            }
            while (left > 0) {
                int to = column % panelWidth;
                if (to == 0) {
                    panelPiece[panels++] = count;
                }
                int length = Math.min(Math.min(left, piece), panelWidth - to);
                pieces[2 * count] = from;
                pieces[2 * count + 1] = to + (panels - 1) * panelStride;
                count++;
                from += length * step;
                column += length;
                left -= length;
            }
        }
        panelPiece[panels] = count;
    }

    /** Output rows of the tile. */
    int rows() {
        return rows;
    }

    /** The first output column of the tile. */
    int firstColumn() {
        return firstColumn;
    }

    /** Output columns of each row. */
    int width() {
        return width;
    }

    /** All outputs of the tile. */
    int columns() {
        return rows * width;
    }

    /** The sample a row belongs to. */
    int sample(int row) {
        return (firstRow + row) / blocking.gather().rows().outputs();
    }

    /** The row within its sample. */
    int outputRow(int row) {
        return (firstRow + row) % blocking.gather().rows().outputs();
    }

    /** The rows from this one on that belong to the same sample. */
    int rowsOfSample(int row) {
        return Math.min(rows - row, blocking.gather().rows().outputs() - outputRow(row));
    }

    /** The end of what a plane of the image is read for, by {@link #setInPlace}, with all that a piece brings along. */
    int end() {
        return rowAt[rows - 1] + step * (width + piece);
    }

    /** Where a row begins in the prepared image, or in the image itself, in floats. */
    int at(int row) {
        return rowAt[row];
    }

    /** The panels of the tile; the last may be partly empty. */
    int panels() {
        return panels;
    }

    /** Pairs of where to copy from and to, see {@link dev.fovea.runtime.simd.MatrixSimd#copyPieces}. */
    int[] pieces() {
        return pieces;
    }

    /** The first piece of a panel; for the panel behind the last, the number of pieces. */
    int firstPiece(int panel) {
        return panelPiece[panel];
    }
}
