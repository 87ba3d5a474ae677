package dev.fovea.vector;

import dev.fovea.runtime.simd.ChannelSimd;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** {@link ChannelSimd} where there are 32 registers: up to 16 of them hold sums of one register of channels, up to 28 those of two. */
final class VectorChannels implements ChannelSimd {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
    /** How many columns go together when so many are left; where there are none they are more than is padded to. */
    private static final int[] ONE = {0, 0, 0, 3, 0, 5, 0, 7, 8, 0, 5, 8, 0, 8, 7, 8};
    /** The same with two registers of channels. */
    private static final int[] TWO = {0, 0, 0, 3, 0, 5, 0, 7, 5, 0, 5, 0, 7, 0, 7};

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
            together = together(columns - i, registers);
            int from = xAt + i;
            int to = cAt + i * LANES;
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
                    threes(x, x0, x1, x2, offsets, first, terms, registers, w, wAt, c, c0, c1, c2, cBlock);
                } else {
                    pairs(together, x, x0, x1, offsets, first, terms, registers, w, wAt, c, c0, c1, cBlock);
                }
            }
        }
    }

    private static int together(int columns, int registers) {
        int[] sizes = registers == 1 ? ONE : TWO;
        return columns < sizes.length ? sizes[columns] : largest(registers);
    }

    private static int largest(int registers) {
        return registers == 1 ? 8 : 7;
    }

    @Override
    public int padded(int columns, int registers) {
        int[] sizes = registers == 1 ? ONE : TWO;
        int whole = Math.max(0, columns - sizes.length + largest(registers)) / largest(registers) * largest(registers);
        int rest = columns - whole;
        while (sizes[rest] == 0) {
            rest++;
        }
        return whole + rest;
    }

    private static void pairs(
            int columns,
            float[] x,
            int x0,
            int x1,
            int[] offsets,
            int first,
            int terms,
            int registers,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cRow,
            int cBlock) {
        if (registers == TOGETHER) {
            if (columns == 7) {
                WideSpreadTiles.rows2x7(x, x0, x1, offsets, first, terms, w, wAt, c, cAt, cRow, cBlock);
            } else {
                WideSpreadTiles.rows2x5(x, x0, x1, offsets, first, terms, w, wAt, c, cAt, cRow, cBlock);
            }
        } else if (columns == 8) {
            SpreadTiles.rows2x8(x, x0, x1, offsets, first, terms, w, wAt, c, cAt, cRow);
        } else if (columns == 7) {
            SpreadTiles.rows2x7(x, x0, x1, offsets, first, terms, w, wAt, c, cAt, cRow);
        } else {
            SpreadTiles.rows2x5(x, x0, x1, offsets, first, terms, w, wAt, c, cAt, cRow);
        }
    }

    private static void threes(
            float[] x,
            int x0,
            int x1,
            int x2,
            int[] offsets,
            int first,
            int terms,
            int registers,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cSecond,
            int cThird,
            int cBlock) {
        if (registers == TOGETHER) {
            WideSpreadTiles.rows3x3(x, x0, x1, x2, offsets, first, terms, w, wAt, c, cAt, cSecond, cThird, cBlock);
        } else {
            SpreadTiles.rows3x3(x, x0, x1, x2, offsets, first, terms, w, wAt, c, cAt, cSecond, cThird);
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
