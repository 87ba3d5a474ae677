package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tiles of {@link TurnedTiles} for machines with 32 registers. The rows of the first factor, {@link #ROWS} side by side for each term, may lie in an array of
 * their own: one address is enough for them all.
 */
final class TallTurnedTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 2 * LANES;
    /** Rows side by side: no fewer than a piece that is copied, so that a column's neighbours are brought together. */
    static final int ROWS = Math.max(8, LANES);

    private TallTurnedTiles() {}

    static void multiply8(float[] a, int aAt, float[] bc, int bAt, int depth, int cAt, int cStride) {
        int r0 = cAt;
        int r1 = cAt + cStride;
        int r2 = cAt + 2 * cStride;
        int r3 = cAt + 3 * cStride;
        int r4 = cAt + 4 * cStride;
        int r5 = cAt + 5 * cStride;
        int r6 = cAt + 6 * cStride;
        int r7 = cAt + 7 * cStride;
        FloatVector c0a = FloatVector.fromArray(SPECIES, bc, r0);
        FloatVector c0b = FloatVector.fromArray(SPECIES, bc, r0 + LANES);
        FloatVector c1a = FloatVector.fromArray(SPECIES, bc, r1);
        FloatVector c1b = FloatVector.fromArray(SPECIES, bc, r1 + LANES);
        FloatVector c2a = FloatVector.fromArray(SPECIES, bc, r2);
        FloatVector c2b = FloatVector.fromArray(SPECIES, bc, r2 + LANES);
        FloatVector c3a = FloatVector.fromArray(SPECIES, bc, r3);
        FloatVector c3b = FloatVector.fromArray(SPECIES, bc, r3 + LANES);
        FloatVector c4a = FloatVector.fromArray(SPECIES, bc, r4);
        FloatVector c4b = FloatVector.fromArray(SPECIES, bc, r4 + LANES);
        FloatVector c5a = FloatVector.fromArray(SPECIES, bc, r5);
        FloatVector c5b = FloatVector.fromArray(SPECIES, bc, r5 + LANES);
        FloatVector c6a = FloatVector.fromArray(SPECIES, bc, r6);
        FloatVector c6b = FloatVector.fromArray(SPECIES, bc, r6 + LANES);
        FloatVector c7a = FloatVector.fromArray(SPECIES, bc, r7);
        FloatVector c7b = FloatVector.fromArray(SPECIES, bc, r7 + LANES);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, bc, bAt + k * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, bc, bAt + k * COLUMNS + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS]);
            c0a = x0.fma(b0, c0a);
            c0b = x0.fma(b1, c0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 1]);
            c1a = x1.fma(b0, c1a);
            c1b = x1.fma(b1, c1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 2]);
            c2a = x2.fma(b0, c2a);
            c2b = x2.fma(b1, c2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 3]);
            c3a = x3.fma(b0, c3a);
            c3b = x3.fma(b1, c3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 4]);
            c4a = x4.fma(b0, c4a);
            c4b = x4.fma(b1, c4b);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 5]);
            c5a = x5.fma(b0, c5a);
            c5b = x5.fma(b1, c5b);
            FloatVector x6 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 6]);
            c6a = x6.fma(b0, c6a);
            c6b = x6.fma(b1, c6b);
            FloatVector x7 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 7]);
            c7a = x7.fma(b0, c7a);
            c7b = x7.fma(b1, c7b);
        }
        c0a.intoArray(bc, r0);
        c0b.intoArray(bc, r0 + LANES);
        c1a.intoArray(bc, r1);
        c1b.intoArray(bc, r1 + LANES);
        c2a.intoArray(bc, r2);
        c2b.intoArray(bc, r2 + LANES);
        c3a.intoArray(bc, r3);
        c3b.intoArray(bc, r3 + LANES);
        c4a.intoArray(bc, r4);
        c4b.intoArray(bc, r4 + LANES);
        c5a.intoArray(bc, r5);
        c5b.intoArray(bc, r5 + LANES);
        c6a.intoArray(bc, r6);
        c6b.intoArray(bc, r6 + LANES);
        c7a.intoArray(bc, r7);
        c7b.intoArray(bc, r7 + LANES);
    }

    /** Of a panel of which one register counts, where there are so many {@link #ROWS}. */
    static void multiply16Narrow(float[] a, int aAt, float[] bc, int bAt, int depth, int cAt, int cStride) {
        int r0 = cAt;
        int r1 = cAt + cStride;
        int r2 = cAt + 2 * cStride;
        int r3 = cAt + 3 * cStride;
        int r4 = cAt + 4 * cStride;
        int r5 = cAt + 5 * cStride;
        int r6 = cAt + 6 * cStride;
        int r7 = cAt + 7 * cStride;
        int r8 = cAt + 8 * cStride;
        int r9 = cAt + 9 * cStride;
        int r10 = cAt + 10 * cStride;
        int r11 = cAt + 11 * cStride;
        int r12 = cAt + 12 * cStride;
        int r13 = cAt + 13 * cStride;
        int r14 = cAt + 14 * cStride;
        int r15 = cAt + 15 * cStride;
        FloatVector c0 = FloatVector.fromArray(SPECIES, bc, r0);
        FloatVector c1 = FloatVector.fromArray(SPECIES, bc, r1);
        FloatVector c2 = FloatVector.fromArray(SPECIES, bc, r2);
        FloatVector c3 = FloatVector.fromArray(SPECIES, bc, r3);
        FloatVector c4 = FloatVector.fromArray(SPECIES, bc, r4);
        FloatVector c5 = FloatVector.fromArray(SPECIES, bc, r5);
        FloatVector c6 = FloatVector.fromArray(SPECIES, bc, r6);
        FloatVector c7 = FloatVector.fromArray(SPECIES, bc, r7);
        FloatVector c8 = FloatVector.fromArray(SPECIES, bc, r8);
        FloatVector c9 = FloatVector.fromArray(SPECIES, bc, r9);
        FloatVector c10 = FloatVector.fromArray(SPECIES, bc, r10);
        FloatVector c11 = FloatVector.fromArray(SPECIES, bc, r11);
        FloatVector c12 = FloatVector.fromArray(SPECIES, bc, r12);
        FloatVector c13 = FloatVector.fromArray(SPECIES, bc, r13);
        FloatVector c14 = FloatVector.fromArray(SPECIES, bc, r14);
        FloatVector c15 = FloatVector.fromArray(SPECIES, bc, r15);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, bc, bAt + k * COLUMNS);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS]);
            c0 = x0.fma(b0, c0);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 1]);
            c1 = x1.fma(b0, c1);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 2]);
            c2 = x2.fma(b0, c2);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 3]);
            c3 = x3.fma(b0, c3);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 4]);
            c4 = x4.fma(b0, c4);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 5]);
            c5 = x5.fma(b0, c5);
            FloatVector x6 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 6]);
            c6 = x6.fma(b0, c6);
            FloatVector x7 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 7]);
            c7 = x7.fma(b0, c7);
            FloatVector x8 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 8]);
            c8 = x8.fma(b0, c8);
            FloatVector x9 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 9]);
            c9 = x9.fma(b0, c9);
            FloatVector x10 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 10]);
            c10 = x10.fma(b0, c10);
            FloatVector x11 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 11]);
            c11 = x11.fma(b0, c11);
            FloatVector x12 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 12]);
            c12 = x12.fma(b0, c12);
            FloatVector x13 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 13]);
            c13 = x13.fma(b0, c13);
            FloatVector x14 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 14]);
            c14 = x14.fma(b0, c14);
            FloatVector x15 = FloatVector.broadcast(SPECIES, a[aAt + k * ROWS + 15]);
            c15 = x15.fma(b0, c15);
        }
        c0.intoArray(bc, r0);
        c1.intoArray(bc, r1);
        c2.intoArray(bc, r2);
        c3.intoArray(bc, r3);
        c4.intoArray(bc, r4);
        c5.intoArray(bc, r5);
        c6.intoArray(bc, r6);
        c7.intoArray(bc, r7);
        c8.intoArray(bc, r8);
        c9.intoArray(bc, r9);
        c10.intoArray(bc, r10);
        c11.intoArray(bc, r11);
        c12.intoArray(bc, r12);
        c13.intoArray(bc, r13);
        c14.intoArray(bc, r14);
        c15.intoArray(bc, r15);
    }
}
