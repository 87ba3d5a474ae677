package dev.fovea.vector;

import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.SimdWindows;
import dev.fovea.runtime.simd.Stencil;

/**
 * Pooling with strides 1 and 2 by {@link Windows}; what does not fill a register at the end of a row is done together with some
 * windows before it, a second time. Other strides are left to plain loops, and so is what would read beyond the array.
 */
final class VectorWindows implements SimdWindows {
    private static final int LANES = Windows.LANES;

    private final SimdWindows rest = new ScalarSimd().windows();

    @Override
    public void sum(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length) {
        if (!fits(stencil, taps, x, xAt, length)) {
            rest.sum(stencil, taps, x, xAt, y, yAt, length);
            return;
        }
        int[] offsets = stencil.offsets();
        int count = Math.min(LANES, length);
        for (int i = 0; i < length; i += LANES) {
            int j = Math.min(i, length - count);
            if (stencil.stride() == 2) {
                Windows.sumOfSecond(offsets, taps, x, xAt + 2 * j, y, yAt + j, count);
            } else {
                Windows.sum(offsets, taps, x, xAt + j, y, yAt + j, count);
            }
        }
    }

    @Override
    public void max(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length) {
        if (!fits(stencil, taps, x, xAt, length)) {
            rest.max(stencil, taps, x, xAt, y, yAt, length);
            return;
        }
        int[] offsets = stencil.offsets();
        int count = Math.min(LANES, length);
        for (int i = 0; i < length; i += LANES) {
            int j = Math.min(i, length - count);
            if (stencil.stride() == 2) {
                Windows.maxOfSecond(offsets, taps, x, xAt + 2 * j, y, yAt + j, count);
            } else {
                Windows.max(offsets, taps, x, xAt + j, y, yAt + j, count);
            }
        }
    }

    @Override
    public void maxRows(Stencil stencil, float[] x, int xAt, int xStep, float[] y, int yAt, int rows, int length) {
        if (!squares(stencil, x, xAt, xStep, rows, length)) {
            SimdWindows.super.maxRows(stencil, x, xAt, xStep, y, yAt, rows, length);
            return;
        }
        int below = stencil.offsets()[2];
        int last = yAt + rows * length;
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            int to = yAt + row * length;
            for (int j = 0; j < length; j += LANES) {
                if (to + j + LANES <= last) { // the next row writes over what is too much
                    Windows.maxOfSquares(x, from + 2 * j, below, y, to + j, LANES);
                } else {
                    int count = Math.min(LANES, length);
                    int again = Math.min(j, length - count);
                    Windows.maxOfSquares(x, from + 2 * again, below, y, to + again, count);
                }
            }
        }
    }

    @Override
    public void meanRows(
            Stencil stencil, float factor, float[] x, int xAt, int xStep, float[] y, int yAt, int rows, int length) {
        if (!squares(stencil, x, xAt, xStep, rows, length)) {
            SimdWindows.super.meanRows(stencil, factor, x, xAt, xStep, y, yAt, rows, length);
            return;
        }
        int below = stencil.offsets()[2];
        int last = yAt + rows * length;
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            int to = yAt + row * length;
            for (int j = 0; j < length; j += LANES) {
                if (to + j + LANES <= last) { // as in maxRows
                    Windows.meanOfSquares(factor, x, from + 2 * j, below, y, to + j, LANES);
                } else {
                    int count = Math.min(LANES, length);
                    int again = Math.min(j, length - count);
                    Windows.meanOfSquares(factor, x, from + 2 * again, below, y, to + again, count);
                }
            }
        }
    }

    /** Whether windows are two by two with step 2, and whole registers can be read in all rows. */
    private static boolean squares(Stencil stencil, float[] x, int xAt, int xStep, int rows, int length) {
        int[] offsets = stencil.offsets();
        return rows > 0
                && offsets.length == 4
                && stencil.stride() == 2
                && offsets[1] == 1
                && offsets[3] == offsets[2] + 1
                // so what is read behind a row lies before the end of the last
                && (length <= LANES || xStep >= 2 * LANES)
                && fits(stencil, offsets.length, x, xAt + (rows - 1) * xStep, length);
    }

    @Override
    public void max(
            Stencil stencil,
            int taps,
            float[] x,
            int planeAt,
            int origin,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int length) {
        if (!fits(stencil, taps, x, planeAt + origin, length)) {
            rest.max(stencil, taps, x, planeAt, origin, y, yAt, winners, winnersAt, length);
            return;
        }
        int[] offsets = stencil.offsets();
        int count = Math.min(LANES, length);
        for (int i = 0; i < length; i += LANES) {
            int j = Math.min(i, length - count);
            int to = yAt + j;
            int winnersTo = winnersAt + j;
            if (stencil.stride() == 2) {
                Windows.winnerOfSecond(offsets, taps, x, planeAt, origin + 2 * j, y, to, winners, winnersTo, count);
            } else {
                Windows.winner(offsets, taps, x, planeAt, origin + j, y, to, winners, winnersTo, count);
            }
        }
    }

    @Override
    public void maxOfThree(float[] x, int xAt, float[] y, int yAt, int placesAt, int length) {
        int last = length - LANES;
        Neighbours.threes(x, xAt, 0, y, yAt, placesAt, last);
        Neighbours.threes(x, xAt + last, last, y, yAt + last, placesAt + last, LANES); // again in part
    }

    @Override
    public void maxOfRows(float[] y, int first, int second, int third, int places, int to, int placesTo, int length) {
        Neighbours.rows(y, first, second, third, places, to, placesTo, length);
    }

    /** Whether whole registers can be read; with stride 2 the last one has a float too many, in a short row windows too many. */
    private static boolean fits(Stencil stencil, int taps, float[] x, int xAt, int length) {
        int stride = stencil.stride();
        return stride <= 2 && xAt + stencil.offsets()[taps - 1] + stride * Math.max(length, LANES) <= x.length;
    }
}
