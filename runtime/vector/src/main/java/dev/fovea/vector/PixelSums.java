package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums of pixels. One loop over what is summed and no more, so that the sums stay in registers. */
final class PixelSums {
    /** Sums side by side, so that one does not wait for the other. */
    static final int TOGETHER = 4;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private PixelSums() {}

    /** {@code factor·Σ} of {@code taps} pixels. */
    static void one(float[] x, int xAt, int taps, int tapStep, float factor, float[] y, int yAt) {
        FloatVector sum = FloatVector.fromArray(SPECIES, x, xAt);
        for (int tap = 1; tap < taps; tap++) {
            sum = sum.add(FloatVector.fromArray(SPECIES, x, xAt + tap * tapStep));
        }
        sum.mul(factor).intoArray(y, yAt);
    }

    /** Four of these, each with its factor. */
    static void four(
            float[] x, int xAt, int taps, int tapStep, int xStep, float[] factors, int factorsAt, float[] y, int yAt) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, x, xAt);
        FloatVector s1 = FloatVector.fromArray(SPECIES, x, xAt + xStep);
        FloatVector s2 = FloatVector.fromArray(SPECIES, x, xAt + 2 * xStep);
        FloatVector s3 = FloatVector.fromArray(SPECIES, x, xAt + 3 * xStep);
        for (int tap = 1; tap < taps; tap++) {
            int at = xAt + tap * tapStep;
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, at));
            s1 = s1.add(FloatVector.fromArray(SPECIES, x, at + xStep));
            s2 = s2.add(FloatVector.fromArray(SPECIES, x, at + 2 * xStep));
            s3 = s3.add(FloatVector.fromArray(SPECIES, x, at + 3 * xStep));
        }
        s0.mul(factors[factorsAt]).intoArray(y, yAt);
        s1.mul(factors[factorsAt + 1]).intoArray(y, yAt + LANES);
        s2.mul(factors[factorsAt + 2]).intoArray(y, yAt + 2 * LANES);
        s3.mul(factors[factorsAt + 3]).intoArray(y, yAt + 3 * LANES);
    }

    /** The mean of some pixels, every fourth by itself. */
    static void mean(float[] x, int xAt, int pixels, float[] y, int yAt) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= pixels - TOGETHER; i += TOGETHER) {
            int at = xAt + i * LANES;
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, at));
            s1 = s1.add(FloatVector.fromArray(SPECIES, x, at + LANES));
            s2 = s2.add(FloatVector.fromArray(SPECIES, x, at + 2 * LANES));
            s3 = s3.add(FloatVector.fromArray(SPECIES, x, at + 3 * LANES));
        }
        for (; i < pixels; i++) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, xAt + i * LANES));
        }
        s0.add(s1).add(s2.add(s3)).div(pixels).intoArray(y, yAt);
    }
}
