package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tiles of {@link VectorChannels} for channels that fill two registers: each element of the image that is read is multiplied with both, so that the windows of one row
 * are enough to hide the latency. With two rows the compiler had registers enough and yet moved the weights to memory and back, in most processes.
 */
final class WideSpreadTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private WideSpreadTiles() {}

    /** Eight columns of a row. */
    static void row8(
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
        int next = cAt + cBlock;
        FloatVector s0a = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s0b = FloatVector.fromArray(SPECIES, c, next);
        FloatVector s1a = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s1b = FloatVector.fromArray(SPECIES, c, next + LANES);
        FloatVector s2a = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s2b = FloatVector.fromArray(SPECIES, c, next + 2 * LANES);
        FloatVector s3a = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        FloatVector s3b = FloatVector.fromArray(SPECIES, c, next + 3 * LANES);
        FloatVector s4a = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
        FloatVector s4b = FloatVector.fromArray(SPECIES, c, next + 4 * LANES);
        FloatVector s5a = FloatVector.fromArray(SPECIES, c, cAt + 5 * LANES);
        FloatVector s5b = FloatVector.fromArray(SPECIES, c, next + 5 * LANES);
        FloatVector s6a = FloatVector.fromArray(SPECIES, c, cAt + 6 * LANES);
        FloatVector s6b = FloatVector.fromArray(SPECIES, c, next + 6 * LANES);
        FloatVector s7a = FloatVector.fromArray(SPECIES, c, cAt + 7 * LANES);
        FloatVector s7b = FloatVector.fromArray(SPECIES, c, next + 7 * LANES);
        for (int k = 0; k < terms; k++) {
            int at = xAt + offsets[first + k];
            FloatVector a = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES);
            FloatVector b = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
            s0a = x0.fma(a, s0a);
            s0b = x0.fma(b, s0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + 1]);
            s1a = x1.fma(a, s1a);
            s1b = x1.fma(b, s1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2]);
            s2a = x2.fma(a, s2a);
            s2b = x2.fma(b, s2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[at + 3]);
            s3a = x3.fma(a, s3a);
            s3b = x3.fma(b, s3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, x[at + 4]);
            s4a = x4.fma(a, s4a);
            s4b = x4.fma(b, s4b);
            FloatVector x5 = FloatVector.broadcast(SPECIES, x[at + 5]);
            s5a = x5.fma(a, s5a);
            s5b = x5.fma(b, s5b);
            FloatVector x6 = FloatVector.broadcast(SPECIES, x[at + 6]);
            s6a = x6.fma(a, s6a);
            s6b = x6.fma(b, s6b);
            FloatVector x7 = FloatVector.broadcast(SPECIES, x[at + 7]);
            s7a = x7.fma(a, s7a);
            s7b = x7.fma(b, s7b);
        }
        s0a.intoArray(c, cAt);
        s0b.intoArray(c, next);
        s1a.intoArray(c, cAt + LANES);
        s1b.intoArray(c, next + LANES);
        s2a.intoArray(c, cAt + 2 * LANES);
        s2b.intoArray(c, next + 2 * LANES);
        s3a.intoArray(c, cAt + 3 * LANES);
        s3b.intoArray(c, next + 3 * LANES);
        s4a.intoArray(c, cAt + 4 * LANES);
        s4b.intoArray(c, next + 4 * LANES);
        s5a.intoArray(c, cAt + 5 * LANES);
        s5b.intoArray(c, next + 5 * LANES);
        s6a.intoArray(c, cAt + 6 * LANES);
        s6b.intoArray(c, next + 6 * LANES);
        s7a.intoArray(c, cAt + 7 * LANES);
        s7b.intoArray(c, next + 7 * LANES);
    }

    /** Seven columns of a row. */
    static void row7(
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
        int next = cAt + cBlock;
        FloatVector s0a = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s0b = FloatVector.fromArray(SPECIES, c, next);
        FloatVector s1a = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s1b = FloatVector.fromArray(SPECIES, c, next + LANES);
        FloatVector s2a = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s2b = FloatVector.fromArray(SPECIES, c, next + 2 * LANES);
        FloatVector s3a = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        FloatVector s3b = FloatVector.fromArray(SPECIES, c, next + 3 * LANES);
        FloatVector s4a = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
        FloatVector s4b = FloatVector.fromArray(SPECIES, c, next + 4 * LANES);
        FloatVector s5a = FloatVector.fromArray(SPECIES, c, cAt + 5 * LANES);
        FloatVector s5b = FloatVector.fromArray(SPECIES, c, next + 5 * LANES);
        FloatVector s6a = FloatVector.fromArray(SPECIES, c, cAt + 6 * LANES);
        FloatVector s6b = FloatVector.fromArray(SPECIES, c, next + 6 * LANES);
        for (int k = 0; k < terms; k++) {
            int at = xAt + offsets[first + k];
            FloatVector a = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES);
            FloatVector b = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
            s0a = x0.fma(a, s0a);
            s0b = x0.fma(b, s0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + 1]);
            s1a = x1.fma(a, s1a);
            s1b = x1.fma(b, s1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2]);
            s2a = x2.fma(a, s2a);
            s2b = x2.fma(b, s2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[at + 3]);
            s3a = x3.fma(a, s3a);
            s3b = x3.fma(b, s3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, x[at + 4]);
            s4a = x4.fma(a, s4a);
            s4b = x4.fma(b, s4b);
            FloatVector x5 = FloatVector.broadcast(SPECIES, x[at + 5]);
            s5a = x5.fma(a, s5a);
            s5b = x5.fma(b, s5b);
            FloatVector x6 = FloatVector.broadcast(SPECIES, x[at + 6]);
            s6a = x6.fma(a, s6a);
            s6b = x6.fma(b, s6b);
        }
        s0a.intoArray(c, cAt);
        s0b.intoArray(c, next);
        s1a.intoArray(c, cAt + LANES);
        s1b.intoArray(c, next + LANES);
        s2a.intoArray(c, cAt + 2 * LANES);
        s2b.intoArray(c, next + 2 * LANES);
        s3a.intoArray(c, cAt + 3 * LANES);
        s3b.intoArray(c, next + 3 * LANES);
        s4a.intoArray(c, cAt + 4 * LANES);
        s4b.intoArray(c, next + 4 * LANES);
        s5a.intoArray(c, cAt + 5 * LANES);
        s5b.intoArray(c, next + 5 * LANES);
        s6a.intoArray(c, cAt + 6 * LANES);
        s6b.intoArray(c, next + 6 * LANES);
    }

    /** Five columns of a row. */
    static void row5(
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
        int next = cAt + cBlock;
        FloatVector s0a = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s0b = FloatVector.fromArray(SPECIES, c, next);
        FloatVector s1a = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s1b = FloatVector.fromArray(SPECIES, c, next + LANES);
        FloatVector s2a = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s2b = FloatVector.fromArray(SPECIES, c, next + 2 * LANES);
        FloatVector s3a = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        FloatVector s3b = FloatVector.fromArray(SPECIES, c, next + 3 * LANES);
        FloatVector s4a = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
        FloatVector s4b = FloatVector.fromArray(SPECIES, c, next + 4 * LANES);
        for (int k = 0; k < terms; k++) {
            int at = xAt + offsets[first + k];
            FloatVector a = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES);
            FloatVector b = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
            s0a = x0.fma(a, s0a);
            s0b = x0.fma(b, s0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + 1]);
            s1a = x1.fma(a, s1a);
            s1b = x1.fma(b, s1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2]);
            s2a = x2.fma(a, s2a);
            s2b = x2.fma(b, s2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[at + 3]);
            s3a = x3.fma(a, s3a);
            s3b = x3.fma(b, s3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, x[at + 4]);
            s4a = x4.fma(a, s4a);
            s4b = x4.fma(b, s4b);
        }
        s0a.intoArray(c, cAt);
        s0b.intoArray(c, next);
        s1a.intoArray(c, cAt + LANES);
        s1b.intoArray(c, next + LANES);
        s2a.intoArray(c, cAt + 2 * LANES);
        s2b.intoArray(c, next + 2 * LANES);
        s3a.intoArray(c, cAt + 3 * LANES);
        s3b.intoArray(c, next + 3 * LANES);
        s4a.intoArray(c, cAt + 4 * LANES);
        s4b.intoArray(c, next + 4 * LANES);
    }

    /** Three columns of a row. */
    static void row3(
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
        int next = cAt + cBlock;
        FloatVector s0a = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s0b = FloatVector.fromArray(SPECIES, c, next);
        FloatVector s1a = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s1b = FloatVector.fromArray(SPECIES, c, next + LANES);
        FloatVector s2a = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s2b = FloatVector.fromArray(SPECIES, c, next + 2 * LANES);
        for (int k = 0; k < terms; k++) {
            int at = xAt + offsets[first + k];
            FloatVector a = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES);
            FloatVector b = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
            s0a = x0.fma(a, s0a);
            s0b = x0.fma(b, s0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + 1]);
            s1a = x1.fma(a, s1a);
            s1b = x1.fma(b, s1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2]);
            s2a = x2.fma(a, s2a);
            s2b = x2.fma(b, s2b);
        }
        s0a.intoArray(c, cAt);
        s0b.intoArray(c, next);
        s1a.intoArray(c, cAt + LANES);
        s1b.intoArray(c, next + LANES);
        s2a.intoArray(c, cAt + 2 * LANES);
        s2b.intoArray(c, next + 2 * LANES);
    }
}
