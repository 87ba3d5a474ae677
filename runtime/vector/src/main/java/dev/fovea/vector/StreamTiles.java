package dev.fovea.vector;

import dev.fovea.runtime.simd.StreamSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of a long weight times few samples, eight at a time or one: see {@link StreamSimd}, whose order of additions all of them have. Two terms a turn share the arithmetic of
 * addresses.
 *
 * <p>Floor for a weight of N floats and a register of samples: N multiply-adds of registers, and N floats of memory read, or written, for which they are brought first.
 */
final class StreamTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int TERMS = 2;

    private StreamTiles() {}

    static void multiply8(float[] w, int wAt, int stride, float[] x, int xAt, int length, float[] y, int yAt) {
        int w0 = wAt;
        int w1 = wAt + stride;
        int w2 = wAt + 2 * stride;
        int w3 = wAt + 3 * stride;
        int w4 = wAt + 4 * stride;
        int w5 = wAt + 5 * stride;
        int w6 = wAt + 6 * stride;
        int w7 = wAt + 7 * stride;
        FloatVector y0 = FloatVector.fromArray(SPECIES, y, yAt);
        FloatVector y1 = FloatVector.fromArray(SPECIES, y, yAt + LANES);
        FloatVector y2 = FloatVector.fromArray(SPECIES, y, yAt + 2 * LANES);
        FloatVector y3 = FloatVector.fromArray(SPECIES, y, yAt + 3 * LANES);
        FloatVector y4 = FloatVector.fromArray(SPECIES, y, yAt + 4 * LANES);
        FloatVector y5 = FloatVector.fromArray(SPECIES, y, yAt + 5 * LANES);
        FloatVector y6 = FloatVector.fromArray(SPECIES, y, yAt + 6 * LANES);
        FloatVector y7 = FloatVector.fromArray(SPECIES, y, yAt + 7 * LANES);
        for (int k = 0; k < length; k += TERMS) {
            FloatVector xa = FloatVector.fromArray(SPECIES, x, xAt + k * LANES);
            FloatVector xb = FloatVector.fromArray(SPECIES, x, xAt + k * LANES + LANES);
            y0 = FloatVector.broadcast(SPECIES, w[w0 + k]).fma(xa, y0);
            y0 = FloatVector.broadcast(SPECIES, w[w0 + k + 1]).fma(xb, y0);
            y1 = FloatVector.broadcast(SPECIES, w[w1 + k]).fma(xa, y1);
            y1 = FloatVector.broadcast(SPECIES, w[w1 + k + 1]).fma(xb, y1);
            y2 = FloatVector.broadcast(SPECIES, w[w2 + k]).fma(xa, y2);
            y2 = FloatVector.broadcast(SPECIES, w[w2 + k + 1]).fma(xb, y2);
            y3 = FloatVector.broadcast(SPECIES, w[w3 + k]).fma(xa, y3);
            y3 = FloatVector.broadcast(SPECIES, w[w3 + k + 1]).fma(xb, y3);
            y4 = FloatVector.broadcast(SPECIES, w[w4 + k]).fma(xa, y4);
            y4 = FloatVector.broadcast(SPECIES, w[w4 + k + 1]).fma(xb, y4);
            y5 = FloatVector.broadcast(SPECIES, w[w5 + k]).fma(xa, y5);
            y5 = FloatVector.broadcast(SPECIES, w[w5 + k + 1]).fma(xb, y5);
            y6 = FloatVector.broadcast(SPECIES, w[w6 + k]).fma(xa, y6);
            y6 = FloatVector.broadcast(SPECIES, w[w6 + k + 1]).fma(xb, y6);
            y7 = FloatVector.broadcast(SPECIES, w[w7 + k]).fma(xa, y7);
            y7 = FloatVector.broadcast(SPECIES, w[w7 + k + 1]).fma(xb, y7);
        }
        y0.intoArray(y, yAt);
        y1.intoArray(y, yAt + LANES);
        y2.intoArray(y, yAt + 2 * LANES);
        y3.intoArray(y, yAt + 3 * LANES);
        y4.intoArray(y, yAt + 4 * LANES);
        y5.intoArray(y, yAt + 5 * LANES);
        y6.intoArray(y, yAt + 6 * LANES);
        y7.intoArray(y, yAt + 7 * LANES);
    }

    static void multiply1(float[] w, int wAt, float[] x, int xAt, int length, float[] y, int yAt) {
        int w0 = wAt;
        FloatVector y0 = FloatVector.fromArray(SPECIES, y, yAt);
        for (int k = 0; k < length; k += TERMS) {
            FloatVector xa = FloatVector.fromArray(SPECIES, x, xAt + k * LANES);
            FloatVector xb = FloatVector.fromArray(SPECIES, x, xAt + k * LANES + LANES);
            y0 = FloatVector.broadcast(SPECIES, w[w0 + k]).fma(xa, y0);
            y0 = FloatVector.broadcast(SPECIES, w[w0 + k + 1]).fma(xb, y0);
        }
        y0.intoArray(y, yAt);
    }

    static void turned8(float[] w, int wAt, int stride, float[] y, int yAt, int length, float[] x, int xAt) {
        int w0 = wAt;
        int w1 = wAt + stride;
        int w2 = wAt + 2 * stride;
        int w3 = wAt + 3 * stride;
        int w4 = wAt + 4 * stride;
        int w5 = wAt + 5 * stride;
        int w6 = wAt + 6 * stride;
        int w7 = wAt + 7 * stride;
        FloatVector y0 = FloatVector.fromArray(SPECIES, y, yAt);
        FloatVector y1 = FloatVector.fromArray(SPECIES, y, yAt + LANES);
        FloatVector y2 = FloatVector.fromArray(SPECIES, y, yAt + 2 * LANES);
        FloatVector y3 = FloatVector.fromArray(SPECIES, y, yAt + 3 * LANES);
        FloatVector y4 = FloatVector.fromArray(SPECIES, y, yAt + 4 * LANES);
        FloatVector y5 = FloatVector.fromArray(SPECIES, y, yAt + 5 * LANES);
        FloatVector y6 = FloatVector.fromArray(SPECIES, y, yAt + 6 * LANES);
        FloatVector y7 = FloatVector.fromArray(SPECIES, y, yAt + 7 * LANES);
        for (int k = 0; k < length; k += TERMS) {
            int at = xAt + k * LANES;
            FloatVector xa = FloatVector.fromArray(SPECIES, x, at);
            FloatVector xb = FloatVector.fromArray(SPECIES, x, at + LANES);
            xa = FloatVector.broadcast(SPECIES, w[w0 + k]).fma(y0, xa);
            xb = FloatVector.broadcast(SPECIES, w[w0 + k + 1]).fma(y0, xb);
            xa = FloatVector.broadcast(SPECIES, w[w1 + k]).fma(y1, xa);
            xb = FloatVector.broadcast(SPECIES, w[w1 + k + 1]).fma(y1, xb);
            xa = FloatVector.broadcast(SPECIES, w[w2 + k]).fma(y2, xa);
            xb = FloatVector.broadcast(SPECIES, w[w2 + k + 1]).fma(y2, xb);
            xa = FloatVector.broadcast(SPECIES, w[w3 + k]).fma(y3, xa);
            xb = FloatVector.broadcast(SPECIES, w[w3 + k + 1]).fma(y3, xb);
            xa = FloatVector.broadcast(SPECIES, w[w4 + k]).fma(y4, xa);
            xb = FloatVector.broadcast(SPECIES, w[w4 + k + 1]).fma(y4, xb);
            xa = FloatVector.broadcast(SPECIES, w[w5 + k]).fma(y5, xa);
            xb = FloatVector.broadcast(SPECIES, w[w5 + k + 1]).fma(y5, xb);
            xa = FloatVector.broadcast(SPECIES, w[w6 + k]).fma(y6, xa);
            xb = FloatVector.broadcast(SPECIES, w[w6 + k + 1]).fma(y6, xb);
            xa = FloatVector.broadcast(SPECIES, w[w7 + k]).fma(y7, xa);
            xb = FloatVector.broadcast(SPECIES, w[w7 + k + 1]).fma(y7, xb);
            xa.intoArray(x, at);
            xb.intoArray(x, at + LANES);
        }
    }

    static void turned1(float[] w, int wAt, float[] y, int yAt, int length, float[] x, int xAt) {
        int w0 = wAt;
        FloatVector y0 = FloatVector.fromArray(SPECIES, y, yAt);
        for (int k = 0; k < length; k += TERMS) {
            int at = xAt + k * LANES;
            FloatVector xa = FloatVector.fromArray(SPECIES, x, at);
            FloatVector xb = FloatVector.fromArray(SPECIES, x, at + LANES);
            xa = FloatVector.broadcast(SPECIES, w[w0 + k]).fma(y0, xa);
            xb = FloatVector.broadcast(SPECIES, w[w0 + k + 1]).fma(y0, xb);
            xa.intoArray(x, at);
            xb.intoArray(x, at + LANES);
        }
    }

    /** Two registers of columns, the sums beginning with what lies at {@code before}: with a step of 0, the same numbers for every row. */
    static void samples8(
            int samples,
            float[] y,
            int yAt,
            float[] x,
            int xAt,
            int xStride,
            float[] before,
            int beforeAt,
            int beforeStride,
            float[] w,
            int wAt,
            int stride) {
        FloatVector w0a = FloatVector.fromArray(SPECIES, before, beforeAt);
        FloatVector w0b = FloatVector.fromArray(SPECIES, before, beforeAt + LANES);
        FloatVector w1a = FloatVector.fromArray(SPECIES, before, beforeAt + beforeStride);
        FloatVector w1b = FloatVector.fromArray(SPECIES, before, beforeAt + beforeStride + LANES);
        FloatVector w2a = FloatVector.fromArray(SPECIES, before, beforeAt + 2 * beforeStride);
        FloatVector w2b = FloatVector.fromArray(SPECIES, before, beforeAt + 2 * beforeStride + LANES);
        FloatVector w3a = FloatVector.fromArray(SPECIES, before, beforeAt + 3 * beforeStride);
        FloatVector w3b = FloatVector.fromArray(SPECIES, before, beforeAt + 3 * beforeStride + LANES);
        FloatVector w4a = FloatVector.fromArray(SPECIES, before, beforeAt + 4 * beforeStride);
        FloatVector w4b = FloatVector.fromArray(SPECIES, before, beforeAt + 4 * beforeStride + LANES);
        FloatVector w5a = FloatVector.fromArray(SPECIES, before, beforeAt + 5 * beforeStride);
        FloatVector w5b = FloatVector.fromArray(SPECIES, before, beforeAt + 5 * beforeStride + LANES);
        FloatVector w6a = FloatVector.fromArray(SPECIES, before, beforeAt + 6 * beforeStride);
        FloatVector w6b = FloatVector.fromArray(SPECIES, before, beforeAt + 6 * beforeStride + LANES);
        FloatVector w7a = FloatVector.fromArray(SPECIES, before, beforeAt + 7 * beforeStride);
        FloatVector w7b = FloatVector.fromArray(SPECIES, before, beforeAt + 7 * beforeStride + LANES);
        for (int s = 0; s < samples; s++) {
            int at = xAt + s * xStride;
            FloatVector xa = FloatVector.fromArray(SPECIES, x, at);
            FloatVector xb = FloatVector.fromArray(SPECIES, x, at + LANES);
            FloatVector y0 = FloatVector.broadcast(SPECIES, y[yAt + s]);
            w0a = y0.fma(xa, w0a);
            w0b = y0.fma(xb, w0b);
            FloatVector y1 = FloatVector.broadcast(SPECIES, y[yAt + s + LANES]);
            w1a = y1.fma(xa, w1a);
            w1b = y1.fma(xb, w1b);
            FloatVector y2 = FloatVector.broadcast(SPECIES, y[yAt + s + 2 * LANES]);
            w2a = y2.fma(xa, w2a);
            w2b = y2.fma(xb, w2b);
            FloatVector y3 = FloatVector.broadcast(SPECIES, y[yAt + s + 3 * LANES]);
            w3a = y3.fma(xa, w3a);
            w3b = y3.fma(xb, w3b);
            FloatVector y4 = FloatVector.broadcast(SPECIES, y[yAt + s + 4 * LANES]);
            w4a = y4.fma(xa, w4a);
            w4b = y4.fma(xb, w4b);
            FloatVector y5 = FloatVector.broadcast(SPECIES, y[yAt + s + 5 * LANES]);
            w5a = y5.fma(xa, w5a);
            w5b = y5.fma(xb, w5b);
            FloatVector y6 = FloatVector.broadcast(SPECIES, y[yAt + s + 6 * LANES]);
            w6a = y6.fma(xa, w6a);
            w6b = y6.fma(xb, w6b);
            FloatVector y7 = FloatVector.broadcast(SPECIES, y[yAt + s + 7 * LANES]);
            w7a = y7.fma(xa, w7a);
            w7b = y7.fma(xb, w7b);
        }
        w0a.intoArray(w, wAt);
        w0b.intoArray(w, wAt + LANES);
        w1a.intoArray(w, wAt + stride);
        w1b.intoArray(w, wAt + stride + LANES);
        w2a.intoArray(w, wAt + 2 * stride);
        w2b.intoArray(w, wAt + 2 * stride + LANES);
        w3a.intoArray(w, wAt + 3 * stride);
        w3b.intoArray(w, wAt + 3 * stride + LANES);
        w4a.intoArray(w, wAt + 4 * stride);
        w4b.intoArray(w, wAt + 4 * stride + LANES);
        w5a.intoArray(w, wAt + 5 * stride);
        w5b.intoArray(w, wAt + 5 * stride + LANES);
        w6a.intoArray(w, wAt + 6 * stride);
        w6b.intoArray(w, wAt + 6 * stride + LANES);
        w7a.intoArray(w, wAt + 7 * stride);
        w7b.intoArray(w, wAt + 7 * stride + LANES);
    }

    /** The same of one row. */
    static void samples1(
            int samples,
            float[] y,
            int yAt,
            float[] x,
            int xAt,
            int xStride,
            float[] before,
            int beforeAt,
            float[] w,
            int wAt) {
        FloatVector w0a = FloatVector.fromArray(SPECIES, before, beforeAt);
        FloatVector w0b = FloatVector.fromArray(SPECIES, before, beforeAt + LANES);
        for (int s = 0; s < samples; s++) {
            int at = xAt + s * xStride;
            FloatVector xa = FloatVector.fromArray(SPECIES, x, at);
            FloatVector xb = FloatVector.fromArray(SPECIES, x, at + LANES);
            FloatVector y0 = FloatVector.broadcast(SPECIES, y[yAt + s]);
            w0a = y0.fma(xa, w0a);
            w0b = y0.fma(xb, w0b);
        }
        w0a.intoArray(w, wAt);
        w0b.intoArray(w, wAt + LANES);
    }
}
