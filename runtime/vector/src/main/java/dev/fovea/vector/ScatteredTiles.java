package dev.fovea.vector;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of a product whose second factor lies in a packed panel and whose first is read one element at a time, wherever it lies: the
 * pixels of an image times kernels of which a register holds many. Four rows on every machine, with the fences that {@link FencedTiles}
 * explains.
 */
final class ScatteredTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 2 * LANES;
    private static final int TERMS = 2;

    private ScatteredTiles() {}

    /** {@code rows} is a multiple of four. */
    static void multiply4(
            int rows,
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            int[] terms,
            int termFirst,
            float[] b,
            int bAt,
            int depth,
            float[] c,
            int cAt,
            int cStride) {
        for (int row = 0; row < rows; row += 4) {
            int a0 = aAt + aRows[aFirst + row];
            int a1 = aAt + aRows[aFirst + row + 1];
            int a2 = aAt + aRows[aFirst + row + 2];
            int a3 = aAt + aRows[aFirst + row + 3];
            int r0 = cAt + row * cStride;
            int r1 = r0 + cStride;
            int r2 = r0 + 2 * cStride;
            int r3 = r0 + 3 * cStride;
            FloatVector c00 = FloatVector.fromArray(SPECIES, c, r0);
            FloatVector c01 = FloatVector.fromArray(SPECIES, c, r0 + LANES);
            FloatVector c10 = FloatVector.fromArray(SPECIES, c, r1);
            FloatVector c11 = FloatVector.fromArray(SPECIES, c, r1 + LANES);
            FloatVector c20 = FloatVector.fromArray(SPECIES, c, r2);
            FloatVector c21 = FloatVector.fromArray(SPECIES, c, r2 + LANES);
            FloatVector c30 = FloatVector.fromArray(SPECIES, c, r3);
            FloatVector c31 = FloatVector.fromArray(SPECIES, c, r3 + LANES);
            int k = 0;
            for (; k <= depth - TERMS; k += TERMS) {
                int at0 = terms[termFirst + k];
                FloatVector b00 = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS);
                FloatVector b01 = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS + LANES);
                FloatVector x00 = FloatVector.broadcast(SPECIES, a[a0 + at0]);
                c00 = x00.fma(b00, c00);
                c01 = x00.fma(b01, c01);
                VarHandle.loadLoadFence();
                FloatVector x01 = FloatVector.broadcast(SPECIES, a[a1 + at0]);
                c10 = x01.fma(b00, c10);
                c11 = x01.fma(b01, c11);
                VarHandle.loadLoadFence();
                FloatVector x02 = FloatVector.broadcast(SPECIES, a[a2 + at0]);
                c20 = x02.fma(b00, c20);
                c21 = x02.fma(b01, c21);
                VarHandle.loadLoadFence();
                FloatVector x03 = FloatVector.broadcast(SPECIES, a[a3 + at0]);
                c30 = x03.fma(b00, c30);
                c31 = x03.fma(b01, c31);
                VarHandle.loadLoadFence();
                int at1 = terms[termFirst + k + 1];
                FloatVector b10 = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS + 2 * LANES);
                FloatVector b11 = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS + 3 * LANES);
                FloatVector x10 = FloatVector.broadcast(SPECIES, a[a0 + at1]);
                c00 = x10.fma(b10, c00);
                c01 = x10.fma(b11, c01);
                VarHandle.loadLoadFence();
                FloatVector x11 = FloatVector.broadcast(SPECIES, a[a1 + at1]);
                c10 = x11.fma(b10, c10);
                c11 = x11.fma(b11, c11);
                VarHandle.loadLoadFence();
                FloatVector x12 = FloatVector.broadcast(SPECIES, a[a2 + at1]);
                c20 = x12.fma(b10, c20);
                c21 = x12.fma(b11, c21);
                VarHandle.loadLoadFence();
                FloatVector x13 = FloatVector.broadcast(SPECIES, a[a3 + at1]);
                c30 = x13.fma(b10, c30);
                c31 = x13.fma(b11, c31);
                VarHandle.loadLoadFence();
            }
            for (; k < depth; k++) {
                int at = terms[termFirst + k];
                FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS);
                FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS + LANES);
                FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + at]);
                c00 = x0.fma(b0, c00);
                c01 = x0.fma(b1, c01);
                VarHandle.loadLoadFence();
                FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + at]);
                c10 = x1.fma(b0, c10);
                c11 = x1.fma(b1, c11);
                VarHandle.loadLoadFence();
                FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + at]);
                c20 = x2.fma(b0, c20);
                c21 = x2.fma(b1, c21);
                VarHandle.loadLoadFence();
                FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + at]);
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

    static void multiply1(
            float[] a, int a0, int[] terms, int termFirst, float[] b, int bAt, int depth, float[] c, int cAt) {
        FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c1 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.broadcast(SPECIES, a[a0 + terms[termFirst + k]]);
            c0 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS), c0);
            c1 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + k * COLUMNS + LANES), c1);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + LANES);
    }
}
