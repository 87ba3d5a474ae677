package dev.fovea.vector;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Scalar products of two, three or four ranges with five others that begin anywhere, as many sums in registers. A load of the five mostly touches two lines of the
 * cache, so that ten multiply-adds wait for twelve lines, fifteen for thirteen and twenty for fourteen, where a processor has two of each in a cycle: three or four, then, where there are registers
 * for them. With the fences that {@link FencedTiles} explains.
 */
final class RowSums {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private RowSums() {}

    /** Two ranges, ten sums. */
    static void two(
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
        int g1At = gAt + gStride;
        int to1 = sumsAt + sumsStride;
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sumsAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sumsAt + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, sumsAt + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums, sumsAt + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(SPECIES, sums, sumsAt + 4 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, to1);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, to1 + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, to1 + 2 * LANES);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums, to1 + 3 * LANES);
        FloatVector s14 = FloatVector.fromArray(SPECIES, sums, to1 + 4 * LANES);
        for (int i = 0; i < length; i += LANES) {
            FloatVector g0 = FloatVector.fromArray(SPECIES, g, gAt + i);
            FloatVector g1 = FloatVector.fromArray(SPECIES, g, g1At + i);
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
        s10.intoArray(sums, to1);
        s11.intoArray(sums, to1 + LANES);
        s12.intoArray(sums, to1 + 2 * LANES);
        s13.intoArray(sums, to1 + 3 * LANES);
        s14.intoArray(sums, to1 + 4 * LANES);
    }

    /** Three ranges, fifteen sums, for where there are 32 registers. */
    static void three(
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
        int g1At = gAt + gStride;
        int g2At = g1At + gStride;
        int to1 = sumsAt + sumsStride;
        int to2 = to1 + sumsStride;
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sumsAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sumsAt + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, sumsAt + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums, sumsAt + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(SPECIES, sums, sumsAt + 4 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, to1);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, to1 + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, to1 + 2 * LANES);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums, to1 + 3 * LANES);
        FloatVector s14 = FloatVector.fromArray(SPECIES, sums, to1 + 4 * LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, to2);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, to2 + LANES);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums, to2 + 2 * LANES);
        FloatVector s23 = FloatVector.fromArray(SPECIES, sums, to2 + 3 * LANES);
        FloatVector s24 = FloatVector.fromArray(SPECIES, sums, to2 + 4 * LANES);
        for (int i = 0; i < length; i += LANES) {
            FloatVector g0 = FloatVector.fromArray(SPECIES, g, gAt + i);
            FloatVector g1 = FloatVector.fromArray(SPECIES, g, g1At + i);
            FloatVector g2 = FloatVector.fromArray(SPECIES, g, g2At + i);
            FloatVector y0 = FloatVector.fromArray(SPECIES, x, x0 + i);
            s00 = g0.fma(y0, s00);
            s10 = g1.fma(y0, s10);
            s20 = g2.fma(y0, s20);
            VarHandle.loadLoadFence();
            FloatVector y1 = FloatVector.fromArray(SPECIES, x, x1 + i);
            s01 = g0.fma(y1, s01);
            s11 = g1.fma(y1, s11);
            s21 = g2.fma(y1, s21);
            VarHandle.loadLoadFence();
            FloatVector y2 = FloatVector.fromArray(SPECIES, x, x2 + i);
            s02 = g0.fma(y2, s02);
            s12 = g1.fma(y2, s12);
            s22 = g2.fma(y2, s22);
            VarHandle.loadLoadFence();
            FloatVector y3 = FloatVector.fromArray(SPECIES, x, x3 + i);
            s03 = g0.fma(y3, s03);
            s13 = g1.fma(y3, s13);
            s23 = g2.fma(y3, s23);
            VarHandle.loadLoadFence();
            FloatVector y4 = FloatVector.fromArray(SPECIES, x, x4 + i);
            s04 = g0.fma(y4, s04);
            s14 = g1.fma(y4, s14);
            s24 = g2.fma(y4, s24);
            VarHandle.loadLoadFence();
        }
        s00.intoArray(sums, sumsAt);
        s01.intoArray(sums, sumsAt + LANES);
        s02.intoArray(sums, sumsAt + 2 * LANES);
        s03.intoArray(sums, sumsAt + 3 * LANES);
        s04.intoArray(sums, sumsAt + 4 * LANES);
        s10.intoArray(sums, to1);
        s11.intoArray(sums, to1 + LANES);
        s12.intoArray(sums, to1 + 2 * LANES);
        s13.intoArray(sums, to1 + 3 * LANES);
        s14.intoArray(sums, to1 + 4 * LANES);
        s20.intoArray(sums, to2);
        s21.intoArray(sums, to2 + LANES);
        s22.intoArray(sums, to2 + 2 * LANES);
        s23.intoArray(sums, to2 + 3 * LANES);
        s24.intoArray(sums, to2 + 4 * LANES);
    }

    /** Four ranges, twenty sums, for where there are 32 registers. */
    static void four(
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
        int g1At = gAt + gStride;
        int g2At = g1At + gStride;
        int g3At = g2At + gStride;
        int to1 = sumsAt + sumsStride;
        int to2 = to1 + sumsStride;
        int to3 = to2 + sumsStride;
        FloatVector s00 = FloatVector.fromArray(SPECIES, sums, sumsAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, sums, sumsAt + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, sums, sumsAt + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(SPECIES, sums, sumsAt + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(SPECIES, sums, sumsAt + 4 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, to1);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, to1 + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, sums, to1 + 2 * LANES);
        FloatVector s13 = FloatVector.fromArray(SPECIES, sums, to1 + 3 * LANES);
        FloatVector s14 = FloatVector.fromArray(SPECIES, sums, to1 + 4 * LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, sums, to2);
        FloatVector s21 = FloatVector.fromArray(SPECIES, sums, to2 + LANES);
        FloatVector s22 = FloatVector.fromArray(SPECIES, sums, to2 + 2 * LANES);
        FloatVector s23 = FloatVector.fromArray(SPECIES, sums, to2 + 3 * LANES);
        FloatVector s24 = FloatVector.fromArray(SPECIES, sums, to2 + 4 * LANES);
        FloatVector s30 = FloatVector.fromArray(SPECIES, sums, to3);
        FloatVector s31 = FloatVector.fromArray(SPECIES, sums, to3 + LANES);
        FloatVector s32 = FloatVector.fromArray(SPECIES, sums, to3 + 2 * LANES);
        FloatVector s33 = FloatVector.fromArray(SPECIES, sums, to3 + 3 * LANES);
        FloatVector s34 = FloatVector.fromArray(SPECIES, sums, to3 + 4 * LANES);
        for (int i = 0; i < length; i += LANES) {
            FloatVector g0 = FloatVector.fromArray(SPECIES, g, gAt + i);
            FloatVector g1 = FloatVector.fromArray(SPECIES, g, g1At + i);
            FloatVector g2 = FloatVector.fromArray(SPECIES, g, g2At + i);
            FloatVector g3 = FloatVector.fromArray(SPECIES, g, g3At + i);
            FloatVector y0 = FloatVector.fromArray(SPECIES, x, x0 + i);
            s00 = g0.fma(y0, s00);
            s10 = g1.fma(y0, s10);
            s20 = g2.fma(y0, s20);
            s30 = g3.fma(y0, s30);
            VarHandle.loadLoadFence();
            FloatVector y1 = FloatVector.fromArray(SPECIES, x, x1 + i);
            s01 = g0.fma(y1, s01);
            s11 = g1.fma(y1, s11);
            s21 = g2.fma(y1, s21);
            s31 = g3.fma(y1, s31);
            VarHandle.loadLoadFence();
            FloatVector y2 = FloatVector.fromArray(SPECIES, x, x2 + i);
            s02 = g0.fma(y2, s02);
            s12 = g1.fma(y2, s12);
            s22 = g2.fma(y2, s22);
            s32 = g3.fma(y2, s32);
            VarHandle.loadLoadFence();
            FloatVector y3 = FloatVector.fromArray(SPECIES, x, x3 + i);
            s03 = g0.fma(y3, s03);
            s13 = g1.fma(y3, s13);
            s23 = g2.fma(y3, s23);
            s33 = g3.fma(y3, s33);
            VarHandle.loadLoadFence();
            FloatVector y4 = FloatVector.fromArray(SPECIES, x, x4 + i);
            s04 = g0.fma(y4, s04);
            s14 = g1.fma(y4, s14);
            s24 = g2.fma(y4, s24);
            s34 = g3.fma(y4, s34);
            VarHandle.loadLoadFence();
        }
        s00.intoArray(sums, sumsAt);
        s01.intoArray(sums, sumsAt + LANES);
        s02.intoArray(sums, sumsAt + 2 * LANES);
        s03.intoArray(sums, sumsAt + 3 * LANES);
        s04.intoArray(sums, sumsAt + 4 * LANES);
        s10.intoArray(sums, to1);
        s11.intoArray(sums, to1 + LANES);
        s12.intoArray(sums, to1 + 2 * LANES);
        s13.intoArray(sums, to1 + 3 * LANES);
        s14.intoArray(sums, to1 + 4 * LANES);
        s20.intoArray(sums, to2);
        s21.intoArray(sums, to2 + LANES);
        s22.intoArray(sums, to2 + 2 * LANES);
        s23.intoArray(sums, to2 + 3 * LANES);
        s24.intoArray(sums, to2 + 4 * LANES);
        s30.intoArray(sums, to3);
        s31.intoArray(sums, to3 + LANES);
        s32.intoArray(sums, to3 + 2 * LANES);
        s33.intoArray(sums, to3 + 3 * LANES);
        s34.intoArray(sums, to3 + 4 * LANES);
    }
}
