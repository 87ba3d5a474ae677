package dev.fovea.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over the taps of a window, with the weights of up to nine taps in registers while the loop walks along the plane: nine multiply-adds,
 * nine reads and one write an output register. The other order, one tap at a time over several registers of outputs, reads as much, but there
 * each address comes from a table, and C2 leaves a check of bounds with every read. Here all addresses are the loop's index and a constant.
 */
final class WeighedTaps {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private WeighedTaps() {}

    /** {@link dev.fovea.runtime.simd.SimdPlanes#weigh}. */
    static void weigh(
            float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt, int length) {
        int taps = offsets.length;
        int done = begin(w, wAt, bias, offsets, x, xAt, y, yAt, length);
        for (; done <= taps - 8; done += 8) {
            addEight(w, wAt + done, offsets, done, x, xAt, y, yAt, length);
        }
        if (done <= taps - 4) {
            addFour(w, wAt + done, offsets, done, x, xAt, y, yAt, length);
            done += 4;
        }
        for (; done < taps; done++) {
            addOne(w[wAt + done], x, xAt + offsets[done], y, yAt, length);
        }
    }

    /** Writes the bias and as many taps as leave a number that eight divides, where there are nine; returns how many. */
    private static int begin(
            float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt, int length) {
        int taps = offsets.length;
        if (taps >= 9 && taps % 8 == 1) {
            beginNine(w, wAt, bias, offsets, x, xAt, y, yAt, length);
            return 9;
        }
        if (taps >= 8) {
            beginEight(w, wAt, bias, offsets, x, xAt, y, yAt, length);
            return 8;
        }
        if (taps >= 4) {
            beginFour(w, wAt, bias, offsets, x, xAt, y, yAt, length);
            return 4;
        }
        Arrays.fill(y, yAt, yAt + length, bias);
        return 0;
    }

    private static void beginNine(
            float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + 1]);
        FloatVector w2 = FloatVector.broadcast(SPECIES, w[wAt + 2]);
        FloatVector w3 = FloatVector.broadcast(SPECIES, w[wAt + 3]);
        FloatVector w4 = FloatVector.broadcast(SPECIES, w[wAt + 4]);
        FloatVector w5 = FloatVector.broadcast(SPECIES, w[wAt + 5]);
        FloatVector w6 = FloatVector.broadcast(SPECIES, w[wAt + 6]);
        FloatVector w7 = FloatVector.broadcast(SPECIES, w[wAt + 7]);
        FloatVector w8 = FloatVector.broadcast(SPECIES, w[wAt + 8]);
        int x0 = xAt + offsets[0];
        int x1 = xAt + offsets[1];
        int x2 = xAt + offsets[2];
        int x3 = xAt + offsets[3];
        int x4 = xAt + offsets[4];
        int x5 = xAt + offsets[5];
        int x6 = xAt + offsets[6];
        int x7 = xAt + offsets[7];
        int x8 = xAt + offsets[8];
        FloatVector start = FloatVector.broadcast(SPECIES, bias);
        for (int i = 0; i < length; i += LANES) {
            FloatVector sum = w0.fma(FloatVector.fromArray(SPECIES, x, x0 + i), start);
            sum = w1.fma(FloatVector.fromArray(SPECIES, x, x1 + i), sum);
            sum = w2.fma(FloatVector.fromArray(SPECIES, x, x2 + i), sum);
            sum = w3.fma(FloatVector.fromArray(SPECIES, x, x3 + i), sum);
            sum = w4.fma(FloatVector.fromArray(SPECIES, x, x4 + i), sum);
            sum = w5.fma(FloatVector.fromArray(SPECIES, x, x5 + i), sum);
            sum = w6.fma(FloatVector.fromArray(SPECIES, x, x6 + i), sum);
            sum = w7.fma(FloatVector.fromArray(SPECIES, x, x7 + i), sum);
            sum = w8.fma(FloatVector.fromArray(SPECIES, x, x8 + i), sum);
            sum.intoArray(y, yAt + i);
        }
    }

    private static void beginEight(
            float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + 1]);
        FloatVector w2 = FloatVector.broadcast(SPECIES, w[wAt + 2]);
        FloatVector w3 = FloatVector.broadcast(SPECIES, w[wAt + 3]);
        FloatVector w4 = FloatVector.broadcast(SPECIES, w[wAt + 4]);
        FloatVector w5 = FloatVector.broadcast(SPECIES, w[wAt + 5]);
        FloatVector w6 = FloatVector.broadcast(SPECIES, w[wAt + 6]);
        FloatVector w7 = FloatVector.broadcast(SPECIES, w[wAt + 7]);
        int x0 = xAt + offsets[0];
        int x1 = xAt + offsets[1];
        int x2 = xAt + offsets[2];
        int x3 = xAt + offsets[3];
        int x4 = xAt + offsets[4];
        int x5 = xAt + offsets[5];
        int x6 = xAt + offsets[6];
        int x7 = xAt + offsets[7];
        FloatVector start = FloatVector.broadcast(SPECIES, bias);
        for (int i = 0; i < length; i += LANES) {
            FloatVector sum = w0.fma(FloatVector.fromArray(SPECIES, x, x0 + i), start);
            sum = w1.fma(FloatVector.fromArray(SPECIES, x, x1 + i), sum);
            sum = w2.fma(FloatVector.fromArray(SPECIES, x, x2 + i), sum);
            sum = w3.fma(FloatVector.fromArray(SPECIES, x, x3 + i), sum);
            sum = w4.fma(FloatVector.fromArray(SPECIES, x, x4 + i), sum);
            sum = w5.fma(FloatVector.fromArray(SPECIES, x, x5 + i), sum);
            sum = w6.fma(FloatVector.fromArray(SPECIES, x, x6 + i), sum);
            sum = w7.fma(FloatVector.fromArray(SPECIES, x, x7 + i), sum);
            sum.intoArray(y, yAt + i);
        }
    }

    private static void addEight(
            float[] w, int wAt, int[] offsets, int first, float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + 1]);
        FloatVector w2 = FloatVector.broadcast(SPECIES, w[wAt + 2]);
        FloatVector w3 = FloatVector.broadcast(SPECIES, w[wAt + 3]);
        FloatVector w4 = FloatVector.broadcast(SPECIES, w[wAt + 4]);
        FloatVector w5 = FloatVector.broadcast(SPECIES, w[wAt + 5]);
        FloatVector w6 = FloatVector.broadcast(SPECIES, w[wAt + 6]);
        FloatVector w7 = FloatVector.broadcast(SPECIES, w[wAt + 7]);
        int x0 = xAt + offsets[first];
        int x1 = xAt + offsets[first + 1];
        int x2 = xAt + offsets[first + 2];
        int x3 = xAt + offsets[first + 3];
        int x4 = xAt + offsets[first + 4];
        int x5 = xAt + offsets[first + 5];
        int x6 = xAt + offsets[first + 6];
        int x7 = xAt + offsets[first + 7];
        for (int i = 0; i < length; i += LANES) {
            FloatVector sum =
                    w0.fma(FloatVector.fromArray(SPECIES, x, x0 + i), FloatVector.fromArray(SPECIES, y, yAt + i));
            sum = w1.fma(FloatVector.fromArray(SPECIES, x, x1 + i), sum);
            sum = w2.fma(FloatVector.fromArray(SPECIES, x, x2 + i), sum);
            sum = w3.fma(FloatVector.fromArray(SPECIES, x, x3 + i), sum);
            sum = w4.fma(FloatVector.fromArray(SPECIES, x, x4 + i), sum);
            sum = w5.fma(FloatVector.fromArray(SPECIES, x, x5 + i), sum);
            sum = w6.fma(FloatVector.fromArray(SPECIES, x, x6 + i), sum);
            sum = w7.fma(FloatVector.fromArray(SPECIES, x, x7 + i), sum);
            sum.intoArray(y, yAt + i);
        }
    }

    private static void beginFour(
            float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + 1]);
        FloatVector w2 = FloatVector.broadcast(SPECIES, w[wAt + 2]);
        FloatVector w3 = FloatVector.broadcast(SPECIES, w[wAt + 3]);
        int x0 = xAt + offsets[0];
        int x1 = xAt + offsets[1];
        int x2 = xAt + offsets[2];
        int x3 = xAt + offsets[3];
        FloatVector start = FloatVector.broadcast(SPECIES, bias);
        for (int i = 0; i < length; i += LANES) {
            FloatVector sum = w0.fma(FloatVector.fromArray(SPECIES, x, x0 + i), start);
            sum = w1.fma(FloatVector.fromArray(SPECIES, x, x1 + i), sum);
            sum = w2.fma(FloatVector.fromArray(SPECIES, x, x2 + i), sum);
            sum = w3.fma(FloatVector.fromArray(SPECIES, x, x3 + i), sum);
            sum.intoArray(y, yAt + i);
        }
    }

    private static void addFour(
            float[] w, int wAt, int[] offsets, int first, float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + 1]);
        FloatVector w2 = FloatVector.broadcast(SPECIES, w[wAt + 2]);
        FloatVector w3 = FloatVector.broadcast(SPECIES, w[wAt + 3]);
        int x0 = xAt + offsets[first];
        int x1 = xAt + offsets[first + 1];
        int x2 = xAt + offsets[first + 2];
        int x3 = xAt + offsets[first + 3];
        for (int i = 0; i < length; i += LANES) {
            FloatVector sum =
                    w0.fma(FloatVector.fromArray(SPECIES, x, x0 + i), FloatVector.fromArray(SPECIES, y, yAt + i));
            sum = w1.fma(FloatVector.fromArray(SPECIES, x, x1 + i), sum);
            sum = w2.fma(FloatVector.fromArray(SPECIES, x, x2 + i), sum);
            sum = w3.fma(FloatVector.fromArray(SPECIES, x, x3 + i), sum);
            sum.intoArray(y, yAt + i);
        }
    }

    private static void addOne(float w, float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector weight = FloatVector.broadcast(SPECIES, w);
        for (int i = 0; i < length; i += LANES) {
            weight.fma(FloatVector.fromArray(SPECIES, x, xAt + i), FloatVector.fromArray(SPECIES, y, yAt + i))
                    .intoArray(y, yAt + i);
        }
    }

    /** {@link dev.fovea.runtime.simd.SimdPlanes#weighPair}: twelve reads for eighteen multiply-adds. */
    static void weighPair(
            float[] w,
            int wAt,
            float bias,
            int[] first,
            int[] second,
            float[] x,
            int xAt,
            float[] y,
            int firstAt,
            int secondAt,
            int length) {
        FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt]);
        FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + 1]);
        FloatVector w2 = FloatVector.broadcast(SPECIES, w[wAt + 2]);
        FloatVector w3 = FloatVector.broadcast(SPECIES, w[wAt + 3]);
        FloatVector w4 = FloatVector.broadcast(SPECIES, w[wAt + 4]);
        FloatVector w5 = FloatVector.broadcast(SPECIES, w[wAt + 5]);
        FloatVector w6 = FloatVector.broadcast(SPECIES, w[wAt + 6]);
        FloatVector w7 = FloatVector.broadcast(SPECIES, w[wAt + 7]);
        FloatVector w8 = FloatVector.broadcast(SPECIES, w[wAt + 8]);
        int x0 = xAt + first[0];
        int x1 = xAt + first[1];
        int x2 = xAt + first[2];
        int x3 = xAt + first[3];
        int x4 = xAt + first[4];
        int x5 = xAt + first[5];
        int x6 = xAt + first[6];
        int x7 = xAt + first[7];
        int x8 = xAt + first[8];
        int x9 = xAt + second[6];
        int x10 = xAt + second[7];
        int x11 = xAt + second[8];
        FloatVector start = FloatVector.broadcast(SPECIES, bias);
        for (int i = 0; i < length; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, x0 + i);
            FloatVector upper = w0.fma(v, start);
            v = FloatVector.fromArray(SPECIES, x, x1 + i);
            upper = w1.fma(v, upper);
            v = FloatVector.fromArray(SPECIES, x, x2 + i);
            upper = w2.fma(v, upper);
            v = FloatVector.fromArray(SPECIES, x, x3 + i);
            upper = w3.fma(v, upper);
            FloatVector lower = w0.fma(v, start);
            v = FloatVector.fromArray(SPECIES, x, x4 + i);
            upper = w4.fma(v, upper);
            lower = w1.fma(v, lower);
            v = FloatVector.fromArray(SPECIES, x, x5 + i);
            upper = w5.fma(v, upper);
            lower = w2.fma(v, lower);
            v = FloatVector.fromArray(SPECIES, x, x6 + i);
            upper = w6.fma(v, upper);
            lower = w3.fma(v, lower);
            v = FloatVector.fromArray(SPECIES, x, x7 + i);
            upper = w7.fma(v, upper);
            lower = w4.fma(v, lower);
            v = FloatVector.fromArray(SPECIES, x, x8 + i);
            upper = w8.fma(v, upper);
            lower = w5.fma(v, lower);
            v = FloatVector.fromArray(SPECIES, x, x9 + i);
            lower = w6.fma(v, lower);
            v = FloatVector.fromArray(SPECIES, x, x10 + i);
            lower = w7.fma(v, lower);
            v = FloatVector.fromArray(SPECIES, x, x11 + i);
            lower = w8.fma(v, lower);
            upper.intoArray(y, firstAt + i);
            lower.intoArray(y, secondAt + i);
        }
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
