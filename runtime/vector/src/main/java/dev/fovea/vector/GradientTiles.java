package dev.fovea.vector;

import dev.fovea.runtime.simd.BlockSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over pixels of some neighbouring numbers of an image times the gradients of two blocks of outputs: eight numbers make 16 sums, with two pieces of the gradient and one
 * number 19 registers and ten loads a pixel for 16 multiply-adds. Four numbers take as long as one, since a sum waits for its last multiply-add. Each loop is
 * written out and too long to be inlined, as those of {@link BlockTiles}.
 */
final class GradientTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int SIZE = BlockSimd.SIZE;

    private GradientTiles() {}

    static void add8(
            int[] places,
            int first,
            int pixels,
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            int dyBlock,
            float[] s,
            int at) {
        FloatVector s0a = FloatVector.fromArray(SPECIES, s, at);
        FloatVector s0b = FloatVector.fromArray(SPECIES, s, at + SIZE);
        FloatVector s1a = FloatVector.fromArray(SPECIES, s, at + 2 * SIZE);
        FloatVector s1b = FloatVector.fromArray(SPECIES, s, at + 3 * SIZE);
        FloatVector s2a = FloatVector.fromArray(SPECIES, s, at + 4 * SIZE);
        FloatVector s2b = FloatVector.fromArray(SPECIES, s, at + 5 * SIZE);
        FloatVector s3a = FloatVector.fromArray(SPECIES, s, at + 6 * SIZE);
        FloatVector s3b = FloatVector.fromArray(SPECIES, s, at + 7 * SIZE);
        FloatVector s4a = FloatVector.fromArray(SPECIES, s, at + 8 * SIZE);
        FloatVector s4b = FloatVector.fromArray(SPECIES, s, at + 9 * SIZE);
        FloatVector s5a = FloatVector.fromArray(SPECIES, s, at + 10 * SIZE);
        FloatVector s5b = FloatVector.fromArray(SPECIES, s, at + 11 * SIZE);
        FloatVector s6a = FloatVector.fromArray(SPECIES, s, at + 12 * SIZE);
        FloatVector s6b = FloatVector.fromArray(SPECIES, s, at + 13 * SIZE);
        FloatVector s7a = FloatVector.fromArray(SPECIES, s, at + 14 * SIZE);
        FloatVector s7b = FloatVector.fromArray(SPECIES, s, at + 15 * SIZE);
        for (int p = first; p < first + pixels; p++) {
            int from = xAt + places[p];
            FloatVector da = FloatVector.fromArray(SPECIES, dy, dyAt + p * SIZE);
            FloatVector db = FloatVector.fromArray(SPECIES, dy, dyAt + dyBlock + p * SIZE);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[from]);
            s0a = x0.fma(da, s0a);
            s0b = x0.fma(db, s0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[from + 1]);
            s1a = x1.fma(da, s1a);
            s1b = x1.fma(db, s1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[from + 2]);
            s2a = x2.fma(da, s2a);
            s2b = x2.fma(db, s2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[from + 3]);
            s3a = x3.fma(da, s3a);
            s3b = x3.fma(db, s3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, x[from + 4]);
            s4a = x4.fma(da, s4a);
            s4b = x4.fma(db, s4b);
            FloatVector x5 = FloatVector.broadcast(SPECIES, x[from + 5]);
            s5a = x5.fma(da, s5a);
            s5b = x5.fma(db, s5b);
            FloatVector x6 = FloatVector.broadcast(SPECIES, x[from + 6]);
            s6a = x6.fma(da, s6a);
            s6b = x6.fma(db, s6b);
            FloatVector x7 = FloatVector.broadcast(SPECIES, x[from + 7]);
            s7a = x7.fma(da, s7a);
            s7b = x7.fma(db, s7b);
        }
        s0a.intoArray(s, at);
        s0b.intoArray(s, at + SIZE);
        s1a.intoArray(s, at + 2 * SIZE);
        s1b.intoArray(s, at + 3 * SIZE);
        s2a.intoArray(s, at + 4 * SIZE);
        s2b.intoArray(s, at + 5 * SIZE);
        s3a.intoArray(s, at + 6 * SIZE);
        s3b.intoArray(s, at + 7 * SIZE);
        s4a.intoArray(s, at + 8 * SIZE);
        s4b.intoArray(s, at + 9 * SIZE);
        s5a.intoArray(s, at + 10 * SIZE);
        s5b.intoArray(s, at + 11 * SIZE);
        s6a.intoArray(s, at + 12 * SIZE);
        s6b.intoArray(s, at + 13 * SIZE);
        s7a.intoArray(s, at + 14 * SIZE);
        s7b.intoArray(s, at + 15 * SIZE);
    }

    static void add5(
            int[] places,
            int first,
            int pixels,
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            int dyBlock,
            float[] s,
            int at) {
        FloatVector s0a = FloatVector.fromArray(SPECIES, s, at);
        FloatVector s0b = FloatVector.fromArray(SPECIES, s, at + SIZE);
        FloatVector s1a = FloatVector.fromArray(SPECIES, s, at + 2 * SIZE);
        FloatVector s1b = FloatVector.fromArray(SPECIES, s, at + 3 * SIZE);
        FloatVector s2a = FloatVector.fromArray(SPECIES, s, at + 4 * SIZE);
        FloatVector s2b = FloatVector.fromArray(SPECIES, s, at + 5 * SIZE);
        FloatVector s3a = FloatVector.fromArray(SPECIES, s, at + 6 * SIZE);
        FloatVector s3b = FloatVector.fromArray(SPECIES, s, at + 7 * SIZE);
        FloatVector s4a = FloatVector.fromArray(SPECIES, s, at + 8 * SIZE);
        FloatVector s4b = FloatVector.fromArray(SPECIES, s, at + 9 * SIZE);
        for (int p = first; p < first + pixels; p++) {
            int from = xAt + places[p];
            FloatVector da = FloatVector.fromArray(SPECIES, dy, dyAt + p * SIZE);
            FloatVector db = FloatVector.fromArray(SPECIES, dy, dyAt + dyBlock + p * SIZE);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[from]);
            s0a = x0.fma(da, s0a);
            s0b = x0.fma(db, s0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[from + 1]);
            s1a = x1.fma(da, s1a);
            s1b = x1.fma(db, s1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[from + 2]);
            s2a = x2.fma(da, s2a);
            s2b = x2.fma(db, s2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[from + 3]);
            s3a = x3.fma(da, s3a);
            s3b = x3.fma(db, s3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, x[from + 4]);
            s4a = x4.fma(da, s4a);
            s4b = x4.fma(db, s4b);
        }
        s0a.intoArray(s, at);
        s0b.intoArray(s, at + SIZE);
        s1a.intoArray(s, at + 2 * SIZE);
        s1b.intoArray(s, at + 3 * SIZE);
        s2a.intoArray(s, at + 4 * SIZE);
        s2b.intoArray(s, at + 5 * SIZE);
        s3a.intoArray(s, at + 6 * SIZE);
        s3b.intoArray(s, at + 7 * SIZE);
        s4a.intoArray(s, at + 8 * SIZE);
        s4b.intoArray(s, at + 9 * SIZE);
    }

    static void add4(
            int[] places,
            int first,
            int pixels,
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            int dyBlock,
            float[] s,
            int at) {
        FloatVector s0a = FloatVector.fromArray(SPECIES, s, at);
        FloatVector s0b = FloatVector.fromArray(SPECIES, s, at + SIZE);
        FloatVector s1a = FloatVector.fromArray(SPECIES, s, at + 2 * SIZE);
        FloatVector s1b = FloatVector.fromArray(SPECIES, s, at + 3 * SIZE);
        FloatVector s2a = FloatVector.fromArray(SPECIES, s, at + 4 * SIZE);
        FloatVector s2b = FloatVector.fromArray(SPECIES, s, at + 5 * SIZE);
        FloatVector s3a = FloatVector.fromArray(SPECIES, s, at + 6 * SIZE);
        FloatVector s3b = FloatVector.fromArray(SPECIES, s, at + 7 * SIZE);
        for (int p = first; p < first + pixels; p++) {
            int from = xAt + places[p];
            FloatVector da = FloatVector.fromArray(SPECIES, dy, dyAt + p * SIZE);
            FloatVector db = FloatVector.fromArray(SPECIES, dy, dyAt + dyBlock + p * SIZE);
            FloatVector x0 = FloatVector.broadcast(SPECIES, x[from]);
            s0a = x0.fma(da, s0a);
            s0b = x0.fma(db, s0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, x[from + 1]);
            s1a = x1.fma(da, s1a);
            s1b = x1.fma(db, s1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, x[from + 2]);
            s2a = x2.fma(da, s2a);
            s2b = x2.fma(db, s2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, x[from + 3]);
            s3a = x3.fma(da, s3a);
            s3b = x3.fma(db, s3b);
        }
        s0a.intoArray(s, at);
        s0b.intoArray(s, at + SIZE);
        s1a.intoArray(s, at + 2 * SIZE);
        s1b.intoArray(s, at + 3 * SIZE);
        s2a.intoArray(s, at + 4 * SIZE);
        s2b.intoArray(s, at + 5 * SIZE);
        s3a.intoArray(s, at + 6 * SIZE);
        s3b.intoArray(s, at + 7 * SIZE);
    }
}
