package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over the taps of a window. Forward, eight registers of outputs at a time while a loop goes through the taps: a weight is read once for
 * eight multiply-adds. With nine weights in registers and a loop along the plane instead, an output is read and written once for every
 * nine taps, and each waits for nine additions one after the other: 42 in place of 58 GFLOP/s for a 7×7 window, 45 in place of 51 for 3×3.
 * The sums of weights are the other case: there the sums stay where they are, and the loop along the plane is right.
 */
final class WeighedTaps {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private WeighedTaps() {}

    /** {@link dev.fovea.runtime.simd.SimdPlanes#weigh}; what a last block lacks it takes from the one before, which is computed twice. */
    static void weigh(
            float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt, int length) {
        if (length >= 8 * LANES) {
            int last = length - 8 * LANES;
            for (int i = 0; i < length; i += 8 * LANES) {
                int at = Math.min(i, last);
                eight(w, wAt, bias, offsets, x, xAt + at, y, yAt + at);
            }
        } else if (length >= 4 * LANES) {
            four(w, wAt, bias, offsets, x, xAt, y, yAt);
            int last = length - 4 * LANES;
            four(w, wAt, bias, offsets, x, xAt + last, y, yAt + last);
        } else {
            for (int i = 0; i < length; i += LANES) {
                one(w, wAt, bias, offsets, x, xAt + i, y, yAt + i);
            }
        }
    }

    private static void eight(float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt) {
        FloatVector s0 = FloatVector.broadcast(SPECIES, bias);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int tap = 0; tap < offsets.length; tap++) {
            int at = xAt + offsets[tap];
            FloatVector weight = FloatVector.broadcast(SPECIES, w[wAt + tap]);
            s0 = weight.fma(FloatVector.fromArray(SPECIES, x, at), s0);
            s1 = weight.fma(FloatVector.fromArray(SPECIES, x, at + LANES), s1);
            s2 = weight.fma(FloatVector.fromArray(SPECIES, x, at + 2 * LANES), s2);
            s3 = weight.fma(FloatVector.fromArray(SPECIES, x, at + 3 * LANES), s3);
            s4 = weight.fma(FloatVector.fromArray(SPECIES, x, at + 4 * LANES), s4);
            s5 = weight.fma(FloatVector.fromArray(SPECIES, x, at + 5 * LANES), s5);
            s6 = weight.fma(FloatVector.fromArray(SPECIES, x, at + 6 * LANES), s6);
            s7 = weight.fma(FloatVector.fromArray(SPECIES, x, at + 7 * LANES), s7);
        }
        s0.intoArray(y, yAt);
        s1.intoArray(y, yAt + LANES);
        s2.intoArray(y, yAt + 2 * LANES);
        s3.intoArray(y, yAt + 3 * LANES);
        s4.intoArray(y, yAt + 4 * LANES);
        s5.intoArray(y, yAt + 5 * LANES);
        s6.intoArray(y, yAt + 6 * LANES);
        s7.intoArray(y, yAt + 7 * LANES);
    }

    private static void four(float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt) {
        FloatVector s0 = FloatVector.broadcast(SPECIES, bias);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int tap = 0; tap < offsets.length; tap++) {
            int at = xAt + offsets[tap];
            FloatVector weight = FloatVector.broadcast(SPECIES, w[wAt + tap]);
            s0 = weight.fma(FloatVector.fromArray(SPECIES, x, at), s0);
            s1 = weight.fma(FloatVector.fromArray(SPECIES, x, at + LANES), s1);
            s2 = weight.fma(FloatVector.fromArray(SPECIES, x, at + 2 * LANES), s2);
            s3 = weight.fma(FloatVector.fromArray(SPECIES, x, at + 3 * LANES), s3);
        }
        s0.intoArray(y, yAt);
        s1.intoArray(y, yAt + LANES);
        s2.intoArray(y, yAt + 2 * LANES);
        s3.intoArray(y, yAt + 3 * LANES);
    }

    private static void one(float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt) {
        FloatVector s0 = FloatVector.broadcast(SPECIES, bias);
        for (int tap = 0; tap < offsets.length; tap++) {
            int at = xAt + offsets[tap];
            FloatVector weight = FloatVector.broadcast(SPECIES, w[wAt + tap]);
            s0 = weight.fma(FloatVector.fromArray(SPECIES, x, at), s0);
        }
        s0.intoArray(y, yAt);
    }

    /** Nine of the sums of {@link dev.fovea.runtime.simd.SimdPlanes#correlate}. */
    static void correlateNine(
            float[] g, int gAt, float[] x, int xAt, int[] offsets, int first, float[] sums, int sumsAt, int length) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, sums, sumsAt);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sums, sumsAt + LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sums, sumsAt + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sums, sumsAt + 3 * LANES);
        FloatVector s4 = FloatVector.fromArray(SPECIES, sums, sumsAt + 4 * LANES);
        FloatVector s5 = FloatVector.fromArray(SPECIES, sums, sumsAt + 5 * LANES);
        FloatVector s6 = FloatVector.fromArray(SPECIES, sums, sumsAt + 6 * LANES);
        FloatVector s7 = FloatVector.fromArray(SPECIES, sums, sumsAt + 7 * LANES);
        FloatVector s8 = FloatVector.fromArray(SPECIES, sums, sumsAt + 8 * LANES);
        int x0 = xAt + offsets[first];
        int x1 = xAt + offsets[first + 1];
        int x2 = xAt + offsets[first + 2];
        int x3 = xAt + offsets[first + 3];
        int x4 = xAt + offsets[first + 4];
        int x5 = xAt + offsets[first + 5];
        int x6 = xAt + offsets[first + 6];
        int x7 = xAt + offsets[first + 7];
        int x8 = xAt + offsets[first + 8];
        for (int i = 0; i < length; i += LANES) {
            FloatVector slope = FloatVector.fromArray(SPECIES, g, gAt + i);
            s0 = slope.fma(FloatVector.fromArray(SPECIES, x, x0 + i), s0);
            s1 = slope.fma(FloatVector.fromArray(SPECIES, x, x1 + i), s1);
            s2 = slope.fma(FloatVector.fromArray(SPECIES, x, x2 + i), s2);
            s3 = slope.fma(FloatVector.fromArray(SPECIES, x, x3 + i), s3);
            s4 = slope.fma(FloatVector.fromArray(SPECIES, x, x4 + i), s4);
            s5 = slope.fma(FloatVector.fromArray(SPECIES, x, x5 + i), s5);
            s6 = slope.fma(FloatVector.fromArray(SPECIES, x, x6 + i), s6);
            s7 = slope.fma(FloatVector.fromArray(SPECIES, x, x7 + i), s7);
            s8 = slope.fma(FloatVector.fromArray(SPECIES, x, x8 + i), s8);
        }
        s0.intoArray(sums, sumsAt);
        s1.intoArray(sums, sumsAt + LANES);
        s2.intoArray(sums, sumsAt + 2 * LANES);
        s3.intoArray(sums, sumsAt + 3 * LANES);
        s4.intoArray(sums, sumsAt + 4 * LANES);
        s5.intoArray(sums, sumsAt + 5 * LANES);
        s6.intoArray(sums, sumsAt + 6 * LANES);
        s7.intoArray(sums, sumsAt + 7 * LANES);
        s8.intoArray(sums, sumsAt + 8 * LANES);
    }
}
