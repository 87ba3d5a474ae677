package dev.fovea.vector;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles of scalar products of rows, a register for each. Written out like {@link PanelTiles}. */
final class LaneTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private LaneTiles() {}

    static void add3x4(
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int length,
            float[] c,
            int cAt,
            int cStride) {
        int a0 = aAt + aRows[aFirst];
        int a1 = aAt + aRows[aFirst + 1];
        int a2 = aAt + aRows[aFirst + 2];
        int b0 = bAt + bRows[bFirst];
        int b1 = bAt + bRows[bFirst + 1];
        int b2 = bAt + bRows[bFirst + 2];
        int b3 = bAt + bRows[bFirst + 3];
        int r1 = cAt + cStride;
        int r2 = cAt + 2 * cStride;
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector c02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector c03 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, r1);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, r1 + LANES);
        FloatVector c12 = FloatVector.fromArray(SPECIES, c, r1 + 2 * LANES);
        FloatVector c13 = FloatVector.fromArray(SPECIES, c, r1 + 3 * LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, r2);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, r2 + LANES);
        FloatVector c22 = FloatVector.fromArray(SPECIES, c, r2 + 2 * LANES);
        FloatVector c23 = FloatVector.fromArray(SPECIES, c, r2 + 3 * LANES);
        for (int k = 0; k < length; k += LANES) {
            FloatVector y0 = FloatVector.fromArray(SPECIES, b, b0 + k);
            FloatVector y1 = FloatVector.fromArray(SPECIES, b, b1 + k);
            FloatVector y2 = FloatVector.fromArray(SPECIES, b, b2 + k);
            FloatVector y3 = FloatVector.fromArray(SPECIES, b, b3 + k);
            FloatVector x0 = FloatVector.fromArray(SPECIES, a, a0 + k);
            c00 = x0.fma(y0, c00);
            c01 = x0.fma(y1, c01);
            c02 = x0.fma(y2, c02);
            c03 = x0.fma(y3, c03);
            FloatVector x1 = FloatVector.fromArray(SPECIES, a, a1 + k);
            c10 = x1.fma(y0, c10);
            c11 = x1.fma(y1, c11);
            c12 = x1.fma(y2, c12);
            c13 = x1.fma(y3, c13);
            FloatVector x2 = FloatVector.fromArray(SPECIES, a, a2 + k);
            c20 = x2.fma(y0, c20);
            c21 = x2.fma(y1, c21);
            c22 = x2.fma(y2, c22);
            c23 = x2.fma(y3, c23);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + LANES);
        c02.intoArray(c, cAt + 2 * LANES);
        c03.intoArray(c, cAt + 3 * LANES);
        c10.intoArray(c, r1);
        c11.intoArray(c, r1 + LANES);
        c12.intoArray(c, r1 + 2 * LANES);
        c13.intoArray(c, r1 + 3 * LANES);
        c20.intoArray(c, r2);
        c21.intoArray(c, r2 + LANES);
        c22.intoArray(c, r2 + 2 * LANES);
        c23.intoArray(c, r2 + 3 * LANES);
    }

    static void add1x4(
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int length,
            float[] c,
            int cAt) {
        int a0 = aAt + aRows[aFirst];
        int b0 = bAt + bRows[bFirst];
        int b1 = bAt + bRows[bFirst + 1];
        int b2 = bAt + bRows[bFirst + 2];
        int b3 = bAt + bRows[bFirst + 3];
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector c02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector c03 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        for (int k = 0; k < length; k += LANES) {
            FloatVector y0 = FloatVector.fromArray(SPECIES, b, b0 + k);
            FloatVector y1 = FloatVector.fromArray(SPECIES, b, b1 + k);
            FloatVector y2 = FloatVector.fromArray(SPECIES, b, b2 + k);
            FloatVector y3 = FloatVector.fromArray(SPECIES, b, b3 + k);
            FloatVector x0 = FloatVector.fromArray(SPECIES, a, a0 + k);
            c00 = x0.fma(y0, c00);
            c01 = x0.fma(y1, c01);
            c02 = x0.fma(y2, c02);
            c03 = x0.fma(y3, c03);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + LANES);
        c02.intoArray(c, cAt + 2 * LANES);
        c03.intoArray(c, cAt + 3 * LANES);
    }

    /** For 16 registers, with the fences that {@link FencedTiles} explains. */
    static void add3x3(
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int length,
            float[] c,
            int cAt,
            int cStride) {
        int a0 = aAt + aRows[aFirst];
        int a1 = aAt + aRows[aFirst + 1];
        int a2 = aAt + aRows[aFirst + 2];
        int b0 = bAt + bRows[bFirst];
        int b1 = bAt + bRows[bFirst + 1];
        int b2 = bAt + bRows[bFirst + 2];
        int r1 = cAt + cStride;
        int r2 = cAt + 2 * cStride;
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector c02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, r1);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, r1 + LANES);
        FloatVector c12 = FloatVector.fromArray(SPECIES, c, r1 + 2 * LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, r2);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, r2 + LANES);
        FloatVector c22 = FloatVector.fromArray(SPECIES, c, r2 + 2 * LANES);
        for (int k = 0; k < length; k += LANES) {
            FloatVector y0 = FloatVector.fromArray(SPECIES, b, b0 + k);
            FloatVector y1 = FloatVector.fromArray(SPECIES, b, b1 + k);
            FloatVector y2 = FloatVector.fromArray(SPECIES, b, b2 + k);
            FloatVector x0 = FloatVector.fromArray(SPECIES, a, a0 + k);
            c00 = x0.fma(y0, c00);
            c01 = x0.fma(y1, c01);
            c02 = x0.fma(y2, c02);
            VarHandle.loadLoadFence();
            FloatVector x1 = FloatVector.fromArray(SPECIES, a, a1 + k);
            c10 = x1.fma(y0, c10);
            c11 = x1.fma(y1, c11);
            c12 = x1.fma(y2, c12);
            VarHandle.loadLoadFence();
            FloatVector x2 = FloatVector.fromArray(SPECIES, a, a2 + k);
            c20 = x2.fma(y0, c20);
            c21 = x2.fma(y1, c21);
            c22 = x2.fma(y2, c22);
            VarHandle.loadLoadFence();
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + LANES);
        c02.intoArray(c, cAt + 2 * LANES);
        c10.intoArray(c, r1);
        c11.intoArray(c, r1 + LANES);
        c12.intoArray(c, r1 + 2 * LANES);
        c20.intoArray(c, r2);
        c21.intoArray(c, r2 + LANES);
        c22.intoArray(c, r2 + 2 * LANES);
    }

    /** See {@link #add3x3}. */
    static void add1x3(
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int length,
            float[] c,
            int cAt) {
        int a0 = aAt + aRows[aFirst];
        int b0 = bAt + bRows[bFirst];
        int b1 = bAt + bRows[bFirst + 1];
        int b2 = bAt + bRows[bFirst + 2];
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector c02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        for (int k = 0; k < length; k += LANES) {
            FloatVector y0 = FloatVector.fromArray(SPECIES, b, b0 + k);
            FloatVector y1 = FloatVector.fromArray(SPECIES, b, b1 + k);
            FloatVector y2 = FloatVector.fromArray(SPECIES, b, b2 + k);
            FloatVector x0 = FloatVector.fromArray(SPECIES, a, a0 + k);
            c00 = x0.fma(y0, c00);
            c01 = x0.fma(y1, c01);
            c02 = x0.fma(y2, c02);
            VarHandle.loadLoadFence();
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + LANES);
        c02.intoArray(c, cAt + 2 * LANES);
    }

    static void add1x1(
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int length,
            float[] c,
            int cAt) {
        int a0 = aAt + aRows[aFirst];
        int b0 = bAt + bRows[bFirst];
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, cAt);
        for (int k = 0; k < length; k += LANES) {
            FloatVector y0 = FloatVector.fromArray(SPECIES, b, b0 + k);
            FloatVector x0 = FloatVector.fromArray(SPECIES, a, a0 + k);
            c00 = x0.fma(y0, c00);
        }
        c00.intoArray(c, cAt);
    }
}
