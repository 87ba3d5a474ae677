package dev.fovea.vector;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of a product whose second factor's rows lie anywhere.
 *
 * <p>Written out for each size: the sums are local variables, which the compiler keeps in registers. Six rows make 12 chains of
 * multiply-adds; machines with 16 registers have four rows, or two of twice the width, whose 8 chains are enough to hide the latency,
 * and the fences that {@link FencedTiles} explains.
 */
final class GatheredTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private GatheredTiles() {}

    static void multiply6(
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int depth,
            float[] c,
            int cAt,
            int cStride) {
        int a0 = aAt + aRows[aFirst];
        int a1 = aAt + aRows[aFirst + 1];
        int a2 = aAt + aRows[aFirst + 2];
        int a3 = aAt + aRows[aFirst + 3];
        int a4 = aAt + aRows[aFirst + 4];
        int a5 = aAt + aRows[aFirst + 5];
        int r0 = cAt;
        int r1 = cAt + cStride;
        int r2 = cAt + 2 * cStride;
        int r3 = cAt + 3 * cStride;
        int r4 = cAt + 4 * cStride;
        int r5 = cAt + 5 * cStride;
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, r0);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, r0 + LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, r1);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, r1 + LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, r2);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, r2 + LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, r3);
        FloatVector c31 = FloatVector.fromArray(SPECIES, c, r3 + LANES);
        FloatVector c40 = FloatVector.fromArray(SPECIES, c, r4);
        FloatVector c41 = FloatVector.fromArray(SPECIES, c, r4 + LANES);
        FloatVector c50 = FloatVector.fromArray(SPECIES, c, r5);
        FloatVector c51 = FloatVector.fromArray(SPECIES, c, r5 + LANES);
        for (int k = 0; k < depth; k++) {
            int row = bAt + bRows[bFirst + k];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
            c40 = x4.fma(b0, c40);
            c41 = x4.fma(b1, c41);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
            c50 = x5.fma(b0, c50);
            c51 = x5.fma(b1, c51);
        }
        c00.intoArray(c, r0);
        c01.intoArray(c, r0 + LANES);
        c10.intoArray(c, r1);
        c11.intoArray(c, r1 + LANES);
        c20.intoArray(c, r2);
        c21.intoArray(c, r2 + LANES);
        c30.intoArray(c, r3);
        c31.intoArray(c, r3 + LANES);
        c40.intoArray(c, r4);
        c41.intoArray(c, r4 + LANES);
        c50.intoArray(c, r5);
        c51.intoArray(c, r5 + LANES);
    }

    static void multiply4(
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int depth,
            float[] c,
            int cAt,
            int cStride,
            int columns) {
        int a0 = aAt + aRows[aFirst];
        int a1 = aAt + aRows[aFirst + 1];
        int a2 = aAt + aRows[aFirst + 2];
        int a3 = aAt + aRows[aFirst + 3];
        for (int at = 0; at < columns; at += 2 * LANES) {
            int r0 = cAt + at;
            int r1 = cAt + at + cStride;
            int r2 = cAt + at + 2 * cStride;
            int r3 = cAt + at + 3 * cStride;
            FloatVector c00 = FloatVector.fromArray(SPECIES, c, r0);
            FloatVector c01 = FloatVector.fromArray(SPECIES, c, r0 + LANES);
            FloatVector c10 = FloatVector.fromArray(SPECIES, c, r1);
            FloatVector c11 = FloatVector.fromArray(SPECIES, c, r1 + LANES);
            FloatVector c20 = FloatVector.fromArray(SPECIES, c, r2);
            FloatVector c21 = FloatVector.fromArray(SPECIES, c, r2 + LANES);
            FloatVector c30 = FloatVector.fromArray(SPECIES, c, r3);
            FloatVector c31 = FloatVector.fromArray(SPECIES, c, r3 + LANES);
            for (int k = 0; k < depth; k++) {
                int row = bAt + at + bRows[bFirst + k];
                FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
                FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
                FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
                c00 = x0.fma(b0, c00);
                c01 = x0.fma(b1, c01);
                VarHandle.loadLoadFence();
                FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
                c10 = x1.fma(b0, c10);
                c11 = x1.fma(b1, c11);
                VarHandle.loadLoadFence();
                FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
                c20 = x2.fma(b0, c20);
                c21 = x2.fma(b1, c21);
                VarHandle.loadLoadFence();
                FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
                c30 = x3.fma(b0, c30);
                c31 = x3.fma(b1, c31);
                VarHandle.loadLoadFence();
            }
            c00.intoArray(c, r0);
            c01.intoArray(c, r0 + LANES);
            c10.intoArray(c, r1);
            c11.intoArray(c, r1 + LANES);
            c20.intoArray(c, r2);
            c21.intoArray(c, r2 + LANES);
            c30.intoArray(c, r3);
            c31.intoArray(c, r3 + LANES);
        }
    }

    static void multiply2Wide(
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int depth,
            float[] c,
            int cAt,
            int cStride,
            int columns) {
        int a0 = aAt + aRows[aFirst];
        int a1 = aAt + aRows[aFirst + 1];
        for (int at = 0; at < columns; at += 4 * LANES) {
            int r0 = cAt + at;
            int r1 = cAt + at + cStride;
            FloatVector c00 = FloatVector.fromArray(SPECIES, c, r0);
            FloatVector c01 = FloatVector.fromArray(SPECIES, c, r0 + LANES);
            FloatVector c02 = FloatVector.fromArray(SPECIES, c, r0 + 2 * LANES);
            FloatVector c03 = FloatVector.fromArray(SPECIES, c, r0 + 3 * LANES);
            FloatVector c10 = FloatVector.fromArray(SPECIES, c, r1);
            FloatVector c11 = FloatVector.fromArray(SPECIES, c, r1 + LANES);
            FloatVector c12 = FloatVector.fromArray(SPECIES, c, r1 + 2 * LANES);
            FloatVector c13 = FloatVector.fromArray(SPECIES, c, r1 + 3 * LANES);
            for (int k = 0; k < depth; k++) {
                int row = bAt + at + bRows[bFirst + k];
                FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
                FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
                FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
                c00 = x0.fma(b0, c00);
                c10 = x1.fma(b0, c10);
                VarHandle.loadLoadFence();
                FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
                c01 = x0.fma(b1, c01);
                c11 = x1.fma(b1, c11);
                VarHandle.loadLoadFence();
                FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
                c02 = x0.fma(b2, c02);
                c12 = x1.fma(b2, c12);
                VarHandle.loadLoadFence();
                FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
                c03 = x0.fma(b3, c03);
                c13 = x1.fma(b3, c13);
                VarHandle.loadLoadFence();
            }
            c00.intoArray(c, r0);
            c01.intoArray(c, r0 + LANES);
            c02.intoArray(c, r0 + 2 * LANES);
            c03.intoArray(c, r0 + 3 * LANES);
            c10.intoArray(c, r1);
            c11.intoArray(c, r1 + LANES);
            c12.intoArray(c, r1 + 2 * LANES);
            c13.intoArray(c, r1 + 3 * LANES);
        }
    }

    static void multiply2(
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int depth,
            float[] c,
            int cAt,
            int cStride) {
        int a0 = aAt + aRows[aFirst];
        int a1 = aAt + aRows[aFirst + 1];
        int r0 = cAt;
        int r1 = cAt + cStride;
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, r0);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, r0 + LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, r1);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, r1 + LANES);
        for (int k = 0; k < depth; k++) {
            int row = bAt + bRows[bFirst + k];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
        }
        c00.intoArray(c, r0);
        c01.intoArray(c, r0 + LANES);
        c10.intoArray(c, r1);
        c11.intoArray(c, r1 + LANES);
    }
}
