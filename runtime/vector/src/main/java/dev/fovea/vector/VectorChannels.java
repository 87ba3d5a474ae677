package dev.fovea.vector;

import dev.fovea.runtime.simd.ChannelSimd;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** {@link ChannelSimd} where there are 32 registers: up to 16 of them hold sums. */
final class VectorChannels implements ChannelSimd {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
    private static final int MOST = 8;
    /** How many columns go together when so many are left; where there are none they are more than is padded to. */
    private static final int[] SIZES = {0, 0, 0, 3, 0, 5, 0, 7, 8, 0, 5, 8, 0, 8, 7, 8};

    @Override
    public void spread(
            float[] x,
            int xAt,
            int[] rows,
            int firstRow,
            int count,
            int columns,
            int[] offsets,
            int first,
            int terms,
            int registers,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cBlock) {
        int together;
        int cRow = columns * LANES;
        for (int i = 0; i < columns; i += together) {
            together = together(columns - i);
            int from = xAt + i;
            int to = cAt + i * LANES;
            if (registers == TOGETHER) {
                for (int row = 0; row < count; row++) {
                    int at = from + rows[firstRow + row];
                    wide(together, x, at, offsets, first, terms, w, wAt, c, to + row * cRow, cBlock);
                }
                continue;
            }
            int rowsTogether = together == 3 ? 3 : 2;
            for (int row = 0; row < count; row += rowsTogether) {
                // The last row stands in for those that are missing: each time it begins and ends as the same.
                int second = Math.min(row + 1, count - 1);
                int x0 = from + rows[firstRow + row];
                int x1 = from + rows[firstRow + second];
                int c0 = to + row * cRow;
                int c1 = (second - row) * cRow;
                if (together == 3) {
                    int third = Math.min(row + 2, count - 1);
                    int x2 = from + rows[firstRow + third];
                    int c2 = (third - row) * cRow;
                    SpreadTiles.rows3x3(x, x0, x1, x2, offsets, first, terms, w, wAt, c, c0, c1, c2);
                } else {
                    pairs(together, x, x0, x1, offsets, first, terms, w, wAt, c, c0, c1);
                }
            }
        }
    }

    private static int together(int columns) {
        return columns < SIZES.length ? SIZES[columns] : MOST;
    }

    @Override
    public int padded(int columns) {
        int whole = Math.max(0, columns - SIZES.length + MOST) / MOST * MOST;
        int rest = columns - whole;
        while (SIZES[rest] == 0) {
            rest++;
        }
        return whole + rest;
    }

    private static void wide(
            int columns,
            float[] x,
            int xAt,
            int[] offsets,
            int first,
            int terms,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cBlock) {
        switch (columns) {
            case 8 -> WideSpreadTiles.row8(x, xAt, offsets, first, terms, w, wAt, c, cAt, cBlock);
            case 7 -> WideSpreadTiles.row7(x, xAt, offsets, first, terms, w, wAt, c, cAt, cBlock);
            case 5 -> WideSpreadTiles.row5(x, xAt, offsets, first, terms, w, wAt, c, cAt, cBlock);
            default -> WideSpreadTiles.row3(x, xAt, offsets, first, terms, w, wAt, c, cAt, cBlock);
        }
    }

    private static void pairs(
            int columns,
            float[] x,
            int x0,
            int x1,
            int[] offsets,
            int first,
            int terms,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cRow) {
        switch (columns) {
            case 8 -> SpreadTiles.rows2x8(x, x0, x1, offsets, first, terms, w, wAt, c, cAt, cRow);
            case 7 -> SpreadTiles.rows2x7(x, x0, x1, offsets, first, terms, w, wAt, c, cAt, cRow);
            default -> SpreadTiles.rows2x5(x, x0, x1, offsets, first, terms, w, wAt, c, cAt, cRow);
        }
    }

    @Override
    public void gather(float[] x, int xAt, int xStep, int channels, float[] y, int yAt, int yStep, int length) {
        for (int i = 0; i < length && channels < LANES; i++) {
            Arrays.fill(y, yAt + i * yStep + channels, yAt + i * yStep + LANES, 0f);
        }
        for (int j = 0; j < channels; j++) {
            turn(x, xAt + j * xStep, y, yAt + j, yStep, length);
        }
    }

    private static void turn(float[] x, int xAt, float[] y, int yAt, int yStep, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i * yStep] = x[xAt + i];
        }
    }

    @Override
    public void scatter(float[] x, int xAt, int channels, float[] y, int yAt, int yStep, int length) {
        for (int j = 0; j < channels; j++) {
            turnBack(x, xAt + j, y, yAt + j * yStep, length);
        }
    }

    private static void turnBack(float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = x[xAt + i * LANES];
        }
    }
}
