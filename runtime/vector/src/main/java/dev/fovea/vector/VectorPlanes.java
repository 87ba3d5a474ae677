package dev.fovea.vector;

import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.SimdPlanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SimdPlanes} by registers; {@link WeighedTaps} has the sums. Rows shorter than a register are left to plain loops; of the others
 * what does not fill a register at the end is copied together with some floats before it, a second time.
 */
final class VectorPlanes implements SimdPlanes {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int HALF = Math.max(1, LANES / 2);
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(SPECIES, i -> 2 * (i % HALF));
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(SPECIES, i -> (2 * (i % HALF) + 1) % LANES);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(SPECIES, -1L << HALF & (1L << LANES) - 1);
    private static final VectorShuffle<Float> LOWER_TWICE = VectorShuffle.fromOp(SPECIES, i -> i / 2);
    private static final VectorShuffle<Float> UPPER_TWICE = VectorShuffle.fromOp(SPECIES, i -> (HALF + i / 2) % LANES);
    private static final VectorMask<Float> ODD_LANES =
            VectorMask.fromLong(SPECIES, 0xAAAA_AAAA_AAAA_AAAAL & (1L << LANES) - 1);

    /** Rows of so few registers are copied column by column. */
    private static final int SHORT = 5 * LANES;

    private final SimdPlanes rest = new ScalarSimd().planes();

    @Override
    public void weigh(
            float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt, int length) {
        WeighedTaps.weigh(w, wAt, bias, offsets, x, xAt, y, yAt, length);
    }

    @Override
    public void correlate(float[] g, int gAt, float[] x, int xAt, int[] offsets, float[] sums, int sumsAt, int length) {
        for (int first = 0; first < offsets.length; first += TAPS) {
            WeighedTaps.correlateNine(g, gAt, x, xAt, offsets, first, sums, sumsAt + first * LANES, length);
        }
    }

    @Override
    public void copyRows(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int rows, int length) {
        if (length < LANES) {
            rest.copyRows(x, xAt, xStep, y, yAt, yStep, rows, length);
            return;
        }
        if (length <= SHORT) {
            copyColumns(x, xAt, xStep, y, yAt, yStep, rows, length);
            return;
        }
        int last = length - LANES;
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            int to = yAt + row * yStep;
            int i = 0;
            while (i < last) {
                FloatVector.fromArray(SPECIES, x, from + i).intoArray(y, to + i);
                i += LANES;
            }
            FloatVector.fromArray(SPECIES, x, from + last).intoArray(y, to + last);
        }
    }

    /** A register of each row after the other: the loop over the rows is the longer one. */
    private static void copyColumns(
            float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int rows, int length) {
        int last = length - LANES;
        for (int column = 0; column < last + LANES; column += LANES) {
            int from = xAt + Math.min(column, last);
            int to = yAt + Math.min(column, last);
            for (int row = 0; row < rows; row++) {
                FloatVector.fromArray(SPECIES, x, from + row * xStep).intoArray(y, to + row * yStep);
            }
        }
    }

    @Override
    public void partRows(
            float[] x, int xAt, int xStep, float[] y, int evenAt, int oddAt, int yStep, int rows, int length) {
        if (length < LANES || LANES == 1) {
            rest.partRows(x, xAt, xStep, y, evenAt, oddAt, yStep, rows, length);
            return;
        }
        int last = length - LANES;
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            int to = row * yStep;
            int i = 0;
            while (i < last) {
                part(x, from + 2 * i, y, evenAt + to + i, oddAt + to + i);
                i += LANES;
            }
            part(x, from + 2 * last, y, evenAt + to + last, oddAt + to + last);
        }
    }

    private static void part(float[] x, int from, float[] y, int even, int odd) {
        FloatVector first = FloatVector.fromArray(SPECIES, x, from);
        FloatVector second = FloatVector.fromArray(SPECIES, x, from + LANES);
        first.rearrange(EVEN).blend(second.rearrange(EVEN), UPPER).intoArray(y, even);
        first.rearrange(ODD).blend(second.rearrange(ODD), UPPER).intoArray(y, odd);
    }

    @Override
    public void joinRows(
            float[] x, int evenAt, int oddAt, int xStep, float[] y, int yAt, int yStep, int rows, int length) {
        if (length < LANES || LANES == 1) {
            rest.joinRows(x, evenAt, oddAt, xStep, y, yAt, yStep, rows, length);
            return;
        }
        int last = length - LANES;
        for (int row = 0; row < rows; row++) {
            int from = row * xStep;
            int to = yAt + row * yStep;
            int i = 0;
            while (i < last) {
                join(x, evenAt + from + i, oddAt + from + i, y, to + 2 * i);
                i += LANES;
            }
            join(x, evenAt + from + last, oddAt + from + last, y, to + 2 * last);
        }
    }

    private static void join(float[] x, int evenAt, int oddAt, float[] y, int to) {
        FloatVector even = FloatVector.fromArray(SPECIES, x, evenAt);
        FloatVector odd = FloatVector.fromArray(SPECIES, x, oddAt);
        even.rearrange(LOWER_TWICE).blend(odd.rearrange(LOWER_TWICE), ODD_LANES).intoArray(y, to);
        even.rearrange(UPPER_TWICE).blend(odd.rearrange(UPPER_TWICE), ODD_LANES).intoArray(y, to + LANES);
    }
}
