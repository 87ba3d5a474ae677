package dev.fovea.vector;

import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.SimdWindows;
import dev.fovea.runtime.simd.Stencil;
import jdk.incubator.vector.FloatVector;

/**
 * Pooling with strides 1 and 2, eight or four windows at a time; what does not fill a register at the end of a row is done
 * together with some windows before it, a second time. Other strides, and rows of less than four windows, are left to
 * plain loops.
 */
final class VectorWindows implements SimdWindows {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();
    private static final boolean EIGHT = LANES >= 2 * Windows8.LANES;
    private static final boolean FOUR = LANES >= 2 * Windows4.LANES;

    private final SimdWindows rest = new ScalarSimd().windows();

    @Override
    public void sum(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length) {
        int[] offsets = stencil.offsets();
        int lanes = lanes(stencil, taps, x, xAt, length);
        boolean second = stencil.stride() == 2;
        if (lanes == Windows8.LANES) {
            for (int i = 0; i < length; i += Windows8.LANES) {
                int j = Math.min(i, length - Windows8.LANES);
                if (second) {
                    Windows8.sumOfSecond(offsets, taps, x, xAt + 2 * j, y, yAt + j);
                } else {
                    Windows8.sum(offsets, taps, x, xAt + j, y, yAt + j);
                }
            }
        } else if (lanes == Windows4.LANES) {
            for (int i = 0; i < length; i += Windows4.LANES) {
                int j = Math.min(i, length - Windows4.LANES);
                if (second) {
                    Windows4.sumOfSecond(offsets, taps, x, xAt + 2 * j, y, yAt + j);
                } else {
                    Windows4.sum(offsets, taps, x, xAt + j, y, yAt + j);
                }
            }
        } else {
            rest.sum(stencil, taps, x, xAt, y, yAt, length);
        }
    }

    @Override
    public void max(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length) {
        int[] offsets = stencil.offsets();
        int lanes = lanes(stencil, taps, x, xAt, length);
        boolean second = stencil.stride() == 2;
        if (lanes == Windows8.LANES) {
            for (int i = 0; i < length; i += Windows8.LANES) {
                int j = Math.min(i, length - Windows8.LANES);
                if (second) {
                    Windows8.maxOfSecond(offsets, taps, x, xAt + 2 * j, y, yAt + j);
                } else {
                    Windows8.max(offsets, taps, x, xAt + j, y, yAt + j);
                }
            }
        } else if (lanes == Windows4.LANES) {
            for (int i = 0; i < length; i += Windows4.LANES) {
                int j = Math.min(i, length - Windows4.LANES);
                if (second) {
                    Windows4.maxOfSecond(offsets, taps, x, xAt + 2 * j, y, yAt + j);
                } else {
                    Windows4.max(offsets, taps, x, xAt + j, y, yAt + j);
                }
            }
        } else {
            rest.max(stencil, taps, x, xAt, y, yAt, length);
        }
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
        int[] offsets = stencil.offsets();
        int lanes = lanes(stencil, taps, x, planeAt + origin, length);
        boolean second = stencil.stride() == 2;
        if (lanes == Windows8.LANES) {
            for (int i = 0; i < length; i += Windows8.LANES) {
                int j = Math.min(i, length - Windows8.LANES);
                if (second) {
                    Windows8.winnerOfSecond(
                            offsets, taps, x, planeAt, origin + 2 * j, y, yAt + j, winners, winnersAt + j);
                } else {
                    Windows8.winner(offsets, taps, x, planeAt, origin + j, y, yAt + j, winners, winnersAt + j);
                }
            }
        } else if (lanes == Windows4.LANES) {
            for (int i = 0; i < length; i += Windows4.LANES) {
                int j = Math.min(i, length - Windows4.LANES);
                if (second) {
                    Windows4.winnerOfSecond(
                            offsets, taps, x, planeAt, origin + 2 * j, y, yAt + j, winners, winnersAt + j);
                } else {
                    Windows4.winner(offsets, taps, x, planeAt, origin + j, y, yAt + j, winners, winnersAt + j);
                }
            }
        } else {
            rest.max(stencil, taps, x, planeAt, origin, y, yAt, winners, winnersAt, length);
        }
    }

    /** How many windows to do at a time; 1 for plain loops. With stride 2 the last load reads one float too many. */
    private static int lanes(Stencil stencil, int taps, float[] x, int xAt, int length) {
        int stride = stencil.stride();
        int end = xAt + stencil.offsets()[taps - 1] + stride * length;
        if (stride > 2 || end > x.length) {
            return 1;
        }
        return EIGHT && length >= Windows8.LANES
                ? Windows8.LANES
                : FOUR && length >= Windows4.LANES ? Windows4.LANES : 1;
    }
}
