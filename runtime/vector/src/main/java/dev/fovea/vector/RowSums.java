package dev.fovea.vector;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Scalar products of two ranges with five others that begin anywhere, ten sums in registers: seven loads for ten multiply-adds, some of which touch two lines of
 * the cache. With the fences that {@link FencedTiles} explains.
 */
final class RowSums {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private RowSums() {}

    static void add(
            float[] g,
            int gAt,
            int gStride,
            float[] x,
            int xAt,
            int[] offsets,
            int first,
            float[] sums,
            int sumsAt,
            int sumsStride,
            int length) {
        int x0 = xAt + offsets[first];
        int x1 = xAt + offsets[first + 1];
        int x2 = xAt + offsets[first + 2];
        int x3 = xAt + offsets[first + 3];
        int x4 = xAt + offsets[first + 4];
        int other = gAt + gStride;
        int to = sumsAt + sumsStride;
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sumsAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sumsAt + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, sumsAt + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums, sumsAt + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(SPECIES, sums, sumsAt + 4 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, to);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, to + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, to + 2 * LANES);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums, to + 3 * LANES);
        FloatVector s14 = FloatVector.fromArray(SPECIES, sums, to + 4 * LANES);
        for (int i = 0; i < length; i += LANES) {
            FloatVector g0 = FloatVector.fromArray(SPECIES, g, gAt + i);
            FloatVector g1 = FloatVector.fromArray(SPECIES, g, other + i);
            FloatVector y0 = FloatVector.fromArray(SPECIES, x, x0 + i);
            s00 = g0.fma(y0, s00);
            s10 = g1.fma(y0, s10);
            VarHandle.loadLoadFence();
            FloatVector y1 = FloatVector.fromArray(SPECIES, x, x1 + i);
            s01 = g0.fma(y1, s01);
            s11 = g1.fma(y1, s11);
            VarHandle.loadLoadFence();
            FloatVector y2 = FloatVector.fromArray(SPECIES, x, x2 + i);
            s02 = g0.fma(y2, s02);
            s12 = g1.fma(y2, s12);
            VarHandle.loadLoadFence();
            FloatVector y3 = FloatVector.fromArray(SPECIES, x, x3 + i);
            s03 = g0.fma(y3, s03);
            s13 = g1.fma(y3, s13);
            VarHandle.loadLoadFence();
            FloatVector y4 = FloatVector.fromArray(SPECIES, x, x4 + i);
            s04 = g0.fma(y4, s04);
            s14 = g1.fma(y4, s14);
            VarHandle.loadLoadFence();
        }
        s00.intoArray(sums, sumsAt);
        s01.intoArray(sums, sumsAt + LANES);
        s02.intoArray(sums, sumsAt + 2 * LANES);
        s03.intoArray(sums, sumsAt + 3 * LANES);
        s04.intoArray(sums, sumsAt + 4 * LANES);
        s10.intoArray(sums, to);
        s11.intoArray(sums, to + LANES);
        s12.intoArray(sums, to + 2 * LANES);
        s13.intoArray(sums, to + 3 * LANES);
        s14.intoArray(sums, to + 4 * LANES);
    }
}
