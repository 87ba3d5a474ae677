package dev.fovea.vector;

import dev.fovea.runtime.simd.SimdRows;
import jdk.incubator.vector.FloatVector;

/** {@link SimdRows} by registers; {@link RowTiles} has the sums. Fewer than four channels take four pieces together, so that there are chains of multiply-adds enough. */
final class VectorRows implements SimdRows {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
    /** Processors with registers of so many lanes have 32 of them. */
    private static final int LANES_OF_MANY = 16;

    private static final int SIX = 6;

    /** Six where two would be left beside four, since two alone keep no processor busy. */
    @Override
    public int together(int left) {
        return LANES == LANES_OF_MANY && left == SIX ? SIX : SimdRows.super.together(left);
    }

    @Override
    public void weigh(
            int channels,
            float[] w,
            int wAt,
            float[] bias,
            int biasAt,
            int[] offsets,
            int first,
            int terms,
            float[] x,
            int xAt,
            int xStep,
            int[] xPieces,
            float[] y,
            int yAt,
            int yStep,
            int[] yPieces,
            int yStride,
            int rows) {
        int piece = 0;
        for (; channels < TOGETHER && piece <= xPieces.length - 4; piece += 4) {
            int from = xAt + xPieces[piece];
            int x1 = xPieces[piece + 1] - xPieces[piece];
            int x2 = xPieces[piece + 2] - xPieces[piece];
            int x3 = xPieces[piece + 3] - xPieces[piece];
            int to = yAt + yPieces[piece];
            int y1 = yPieces[piece + 1] - yPieces[piece];
            int y2 = yPieces[piece + 2] - yPieces[piece];
            int y3 = yPieces[piece + 3] - yPieces[piece];
            if (channels == 2) {
                RowTiles.two(
                        w, wAt, bias, biasAt, offsets, first, terms, x, from, xStep, x1, x2, x3, y, to, yStep, y1, y2,
                        y3, yStride, rows);
            } else {
                RowTiles.one(
                        w, wAt, bias, biasAt, offsets, first, terms, x, from, xStep, x1, x2, x3, y, to, yStep, y1, y2,
                        y3, rows);
            }
        }
        for (; piece < xPieces.length; piece += 2) {
            int from = xAt + xPieces[piece];
            int x1 = xPieces[piece + 1] - xPieces[piece];
            int to = yAt + yPieces[piece];
            int y1 = yPieces[piece + 1] - yPieces[piece];
            if (channels == SIX) {
                RowTiles.six(
                        w, wAt, bias, biasAt, offsets, first, terms, x, from, xStep, x1, y, to, yStep, y1, yStride,
                        rows);
            } else if (channels == TOGETHER) {
                RowTiles.four(
                        w, wAt, bias, biasAt, offsets, first, terms, x, from, xStep, x1, y, to, yStep, y1, yStride,
                        rows);
            } else if (channels == 2) {
                RowTiles.twoShort(
                        w, wAt, bias, biasAt, offsets, first, terms, x, from, xStep, x1, y, to, yStep, y1, yStride,
                        rows);
            } else {
                RowTiles.oneShort(
                        w, wAt, bias, biasAt, offsets, first, terms, x, from, xStep, x1, y, to, yStep, y1, rows);
            }
        }
    }

    @Override
    public int correlatedTogether() {
        return LANES == LANES_OF_MANY ? 4 : 2;
    }

    @Override
    public void correlate(
            int channels,
            float[] g,
            int gAt,
            int gStride,
            float[] x,
            int xAt,
            int[] offsets,
            float[] sums,
            int sumsAt,
            int sumsStride,
            int length) {
        for (int term = 0; term < offsets.length; term += TERMS) {
            int to = sumsAt + term * LANES;
            switch (channels) {
                case 2 -> RowSums.two(g, gAt, gStride, x, xAt, offsets, term, sums, to, sumsStride, length);
                case 3 -> RowSums.three(g, gAt, gStride, x, xAt, offsets, term, sums, to, sumsStride, length);
                default -> RowSums.four(g, gAt, gStride, x, xAt, offsets, term, sums, to, sumsStride, length);
            }
        }
    }
}
