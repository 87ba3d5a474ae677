package dev.fovea.vector;

import dev.fovea.runtime.simd.MatrixSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The inner loops of matrix products in registers: hands each size of tile to the method written for it. */
final class VectorMatrixSimd implements MatrixSimd {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int LANE_TILE_ROWS = 3;
    private static final int NARROW_TILE_ROWS = 8;
    private static final int TALL_TILE_ROWS = 12;
    private static final int TURNED_TILE_ROWS = Registers.FEW ? 4 : 8;
    private static final int MOST_LANES_OF_TURNED = Registers.FEW ? 8 : 16;

    @Override
    public int tileRows() {
        return Registers.FEW ? 4 : TALL_TILE_ROWS;
    }

    @Override
    public int narrowTileRows() {
        return Registers.FEW ? NARROW_TILE_ROWS : tileRows();
    }

    @Override
    public int laneTileRows() {
        return LANE_TILE_ROWS;
    }

    @Override
    public int laneTileColumns() {
        return Registers.FEW ? 3 : 4;
    }

    @Override
    public int columns() {
        return 2 * LANES;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int piece() {
        return LANES;
    }

    @Override
    public void multiply(
            int rows,
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int depth,
            float[] c,
            int cAt,
            int cStride) {
        int first = aFirst;
        int to = cAt;
        int left = rows;
        if (left == TALL_TILE_ROWS && a == b && areSpaced(aRows, first, left)) {
            TallTiles.multiply12(a, aAt + aRows[first], bAt, depth, c, to, cStride);
            return;
        }
        while (left >= 6 && left != 8) { // two of 4 are quicker than a 6 and a 2
            PanelTiles.multiply6(a, aAt, aRows, first, b, bAt, depth, c, to, cStride);
            first += 6;
            to += 6 * cStride;
            left -= 6;
        }
        while (left >= 4) {
            if (Registers.FEW && a == b && areSpaced(aRows, first, 4)) {
                SpacedTiles.multiply4(a, aAt + aRows[first], bAt, depth, c, to, cStride);
            } else if (Registers.FEW) {
                FencedTiles.multiply4(a, aAt, aRows, first, b, bAt, depth, c, to, cStride);
            } else {
                PanelTiles.multiply4(a, aAt, aRows, first, b, bAt, depth, c, to, cStride);
            }
            first += 4;
            to += 4 * cStride;
            left -= 4;
        }
        if (left >= 2) {
            PanelTiles.multiply2(a, aAt, aRows, first, b, bAt, depth, c, to, cStride);
            first += 2;
            to += 2 * cStride;
            left -= 2;
        }
        if (left == 1) {
            PanelTiles.multiply1(a, aAt, aRows, first, b, bAt, depth, c, to);
        }
    }

    @Override
    public void multiplyUsed(
            int rows,
            int used,
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int depth,
            float[] c,
            int cAt,
            int cStride) {
        if (Registers.FEW && rows == NARROW_TILE_ROWS) {
            NarrowTiles.multiply8(b, aAt + aRows[aFirst], bAt, depth, c, cAt, cStride);
        } else if (rows == TALL_TILE_ROWS && used <= LANES && a == b && areSpaced(aRows, aFirst, rows)) {
            TallTiles.multiply12Narrow(a, aAt + aRows[aFirst], bAt, depth, c, cAt, cStride);
        } else {
            multiply(rows, a, aAt, aRows, aFirst, b, bAt, depth, c, cAt, cStride);
        }
    }

    /** A piece is no longer than a group of rows. */
    @Override
    public boolean multipliesTurned() {
        return LANES <= MOST_LANES_OF_TURNED;
    }

    @Override
    public boolean multipliesTurnedApart() {
        return !Registers.FEW && multipliesTurned();
    }

    @Override
    public int turnedRows() {
        return TallTurnedTiles.ROWS;
    }

    @Override
    public int turnedTileRows() {
        return TURNED_TILE_ROWS;
    }

    @Override
    public int turnedNarrowTileRows() {
        return Registers.FEW ? NARROW_TILE_ROWS : TallTurnedTiles.ROWS;
    }

    @Override
    public void multiplyTurned(int rows, float[] a, int aAt, float[] work, int bAt, int depth, int cAt, int cStride) {
        if (Registers.FEW) {
            if (rows == TURNED_TILE_ROWS) {
                TurnedTiles.multiply4(work, aAt, bAt, depth, cAt, cStride);
            } else {
                TurnedTiles.multiply8Narrow(work, aAt, bAt, depth, cAt, cStride);
            }
        } else if (rows == 2 * TURNED_TILE_ROWS) {
            TallTurnedTiles.multiply16Narrow(a, aAt, work, bAt, depth, cAt, cStride);
        } else {
            TallTurnedTiles.multiply8(a, aAt, work, bAt, depth, cAt, cStride);
        }
    }

    /** A register holds the rows that lie side by side. */
    @Override
    public int turnedColumns() {
        return multipliesTurnedApart() && turnedRows() == LANES ? ColumnTiles.WIDTH : 0;
    }

    @Override
    public void multiplyColumns(
            int groups, float[] a, int aAt, int aStride, float[] work, int bAt, int depth, int cAt) {
        if (turnedColumns() == 0) {
            MatrixSimd.super.multiplyColumns(groups, a, aAt, aStride, work, bAt, depth, cAt);
        } else if (groups == 1) {
            ColumnTiles.multiply1(a, aAt, work, bAt, depth, cAt);
        } else {
            ColumnTiles.multiply2(a, aAt, aStride, work, bAt, depth, cAt);
        }
    }

    private static boolean areSpaced(int[] rows, int first, int count) {
        int expected = rows[first];
        for (int row = first + 1; row < first + count; row++) {
            expected += ROW_DISTANCE;
            if (rows[row] != expected) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void multiplyScattered(
            int rows,
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            int[] terms,
            int termFirst,
            float[] b,
            int bAt,
            int depth,
            float[] c,
            int cAt,
            int cStride) {
        int row = rows / 4 * 4;
        ScatteredTiles.multiply4(row, a, aAt, aRows, aFirst, terms, termFirst, b, bAt, depth, c, cAt, cStride);
        for (; row < rows; row++) {
            int to = cAt + row * cStride;
            ScatteredTiles.multiply1(a, aAt + aRows[aFirst + row], terms, termFirst, b, bAt, depth, c, to);
        }
    }

    @Override
    public void multiplyGathered(
            int rows,
            int tiles,
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int depth,
            float[] c,
            int cAt,
            int cStride) {
        int columns = columns();
        int first = aFirst;
        int to = cAt;
        int left = rows;
        if (left == 6 && !Registers.FEW) {
            for (int at = 0; at < tiles * columns; at += columns) {
                GatheredTiles.multiply6(a, aAt, aRows, first, b, bAt + at, bRows, bFirst, depth, c, to + at, cStride);
            }
            return;
        }
        if (left >= 4) {
            GatheredTiles.multiply4(
                    a, aAt, aRows, first, b, bAt, bRows, bFirst, depth, c, to, cStride, tiles * columns);
            first += 4;
            to += 4 * cStride;
            left -= 4;
        }
        if (left >= 2) {
            int at = tiles / 2 * 2 * columns;
            GatheredTiles.multiply2Wide(a, aAt, aRows, first, b, bAt, bRows, bFirst, depth, c, to, cStride, at);
            if (tiles % 2 > 0) {
                GatheredTiles.multiply2(a, aAt, aRows, first, b, bAt + at, bRows, bFirst, depth, c, to + at, cStride);
            }
            first += 2;
            to += 2 * cStride;
            left -= 2;
        }
        if (left == 1) {
            WeightedRows.add(a, aAt + aRows[first], b, bAt, bRows, bFirst, depth, c, to, tiles * columns);
        }
    }

    @Override
    public void multiplyRow(
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int depth,
            float[] c,
            int cAt,
            int length) {
        WeightedRows.add(a, aAt, b, bAt, bRows, bFirst, depth, c, cAt, length);
    }

    @Override
    public void addLaneProducts(
            int rows,
            int columns,
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int length,
            float[] c,
            int cAt,
            int cStride) {
        if (rows == LANE_TILE_ROWS && columns == 4) {
            LaneTiles.add3x4(a, aAt, aRows, aFirst, b, bAt, bRows, bFirst, length, c, cAt, cStride);
            return;
        }
        if (rows == LANE_TILE_ROWS && columns == 3) {
            LaneTiles.add3x3(a, aAt, aRows, aFirst, b, bAt, bRows, bFirst, length, c, cAt, cStride);
            return;
        }
        for (int i = 0; i < rows; i++) {
            int to = cAt + i * cStride;
            if (columns == 4) {
                LaneTiles.add1x4(a, aAt, aRows, aFirst + i, b, bAt, bRows, bFirst, length, c, to);
                continue;
            }
            if (columns == 3) {
                LaneTiles.add1x3(a, aAt, aRows, aFirst + i, b, bAt, bRows, bFirst, length, c, to);
                continue;
            }
            for (int j = 0; j < columns; j++) {
                LaneTiles.add1x1(a, aAt, aRows, aFirst + i, b, bAt, bRows, bFirst + j, length, c, to + j * LANES);
            }
        }
    }

    @Override
    public void addDotProducts(
            float[] a, int aAt, float[] b, int bAt, int bStride, int count, int length, float[] y, int yAt) {
        int quarter = count / 4;
        for (int j = 0; j < quarter; j++) {
            DotProducts.add4(a, aAt, b, bAt + j * bStride, quarter * bStride, length, y, yAt + j, quarter);
        }
        for (int j = 4 * quarter; j < count; j++) {
            DotProducts.add1(a, aAt, b, bAt + j * bStride, length, y, yAt + j);
        }
    }

    @Override
    public void copyPieces(
            float[] source,
            int sourceAt,
            int[] rows,
            int rowFirst,
            int rowCount,
            int[] pieces,
            int pieceFirst,
            int pieceCount,
            float[] target,
            int targetAt,
            int targetStride) {
        int pieceEnd = 2 * (pieceFirst + pieceCount);
        for (int r = 0; r < rowCount; r++) {
            int from = sourceAt + rows[rowFirst + r];
            int to = targetAt + r * targetStride;
            for (int p = 2 * pieceFirst; p < pieceEnd; p += 2) {
                FloatVector.fromArray(SPECIES, source, from + pieces[p]).intoArray(target, to + pieces[p + 1]);
            }
        }
    }

    @Override
    public void copySecondPieces(
            float[] source,
            int[] rows,
            int rowFirst,
            int rowCount,
            int[] pieces,
            int pieceCount,
            float[] target,
            int targetAt,
            int targetStride) {
        for (int r = 0; r < rowCount; r++) {
            Windows.everySecond(source, rows[rowFirst + r], pieces, pieceCount, target, targetAt + r * targetStride);
        }
    }
}
