package dev.fovea.vector;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The tiles of {@link SpacedTiles} and {@link NarrowTiles} for rows of the first factor that lie side by side, eight for each term. */
final class TurnedTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 2 * LANES;
    private static final int TERMS = 2;
    private static final int ROWS = 8;

    private TurnedTiles() {}

    static void multiply4(float[] work, int aAt, int bAt, int depth, int cAt, int cStride) {
        int r0 = cAt;
        int r1 = cAt + cStride;
        int r2 = cAt + 2 * cStride;
        int r3 = cAt + 3 * cStride;
        FloatVector c00 = FloatVector.fromArray(SPECIES, work, r0);
        FloatVector c01 = FloatVector.fromArray(SPECIES, work, r0 + LANES);
        FloatVector c10 = FloatVector.fromArray(SPECIES, work, r1);
        FloatVector c11 = FloatVector.fromArray(SPECIES, work, r1 + LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, work, r2);
        FloatVector c21 = FloatVector.fromArray(SPECIES, work, r2 + LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, work, r3);
        FloatVector c31 = FloatVector.fromArray(SPECIES, work, r3 + LANES);
        int k = 0;
        for (; k <= depth - TERMS; k += TERMS) {
            FloatVector b00 = FloatVector.fromArray(SPECIES, work, bAt + k * COLUMNS);
            FloatVector b01 = FloatVector.fromArray(SPECIES, work, bAt + k * COLUMNS + LANES);
            FloatVector x00 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS]);
            c00 = x00.fma(b00, c00);
            c01 = x00.fma(b01, c01);
            VarHandle.loadLoadFence();
            FloatVector x01 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 1]);
            c10 = x01.fma(b00, c10);
            c11 = x01.fma(b01, c11);
            VarHandle.loadLoadFence();
            FloatVector x02 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 2]);
            c20 = x02.fma(b00, c20);
            c21 = x02.fma(b01, c21);
            VarHandle.loadLoadFence();
            FloatVector x03 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 3]);
            c30 = x03.fma(b00, c30);
            c31 = x03.fma(b01, c31);
            VarHandle.loadLoadFence();
            FloatVector b10 = FloatVector.fromArray(SPECIES, work, bAt + k * COLUMNS + 2 * LANES);
            FloatVector b11 = FloatVector.fromArray(SPECIES, work, bAt + k * COLUMNS + 3 * LANES);
            FloatVector x10 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + ROWS]);
            c00 = x10.fma(b10, c00);
            c01 = x10.fma(b11, c01);
            VarHandle.loadLoadFence();
            FloatVector x11 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + ROWS + 1]);
            c10 = x11.fma(b10, c10);
            c11 = x11.fma(b11, c11);
            VarHandle.loadLoadFence();
            FloatVector x12 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + ROWS + 2]);
            c20 = x12.fma(b10, c20);
            c21 = x12.fma(b11, c21);
            VarHandle.loadLoadFence();
            FloatVector x13 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + ROWS + 3]);
            c30 = x13.fma(b10, c30);
            c31 = x13.fma(b11, c31);
            VarHandle.loadLoadFence();
        }
        for (; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, work, bAt + k * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, work, bAt + k * COLUMNS + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            VarHandle.loadLoadFence();
            FloatVector x1 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 1]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            VarHandle.loadLoadFence();
            FloatVector x2 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 2]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            VarHandle.loadLoadFence();
            FloatVector x3 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 3]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
            VarHandle.loadLoadFence();
        }
        c00.intoArray(work, r0);
        c01.intoArray(work, r0 + LANES);
        c10.intoArray(work, r1);
        c11.intoArray(work, r1 + LANES);
        c20.intoArray(work, r2);
        c21.intoArray(work, r2 + LANES);
        c30.intoArray(work, r3);
        c31.intoArray(work, r3 + LANES);
    }

    static void multiply8Narrow(float[] work, int aAt, int bAt, int depth, int cAt, int cStride) {
        FloatVector c0 = FloatVector.fromArray(SPECIES, work, cAt);
        FloatVector c1 = FloatVector.fromArray(SPECIES, work, cAt + cStride);
        FloatVector c2 = FloatVector.fromArray(SPECIES, work, cAt + 2 * cStride);
        FloatVector c3 = FloatVector.fromArray(SPECIES, work, cAt + 3 * cStride);
        FloatVector c4 = FloatVector.fromArray(SPECIES, work, cAt + 4 * cStride);
        FloatVector c5 = FloatVector.fromArray(SPECIES, work, cAt + 5 * cStride);
        FloatVector c6 = FloatVector.fromArray(SPECIES, work, cAt + 6 * cStride);
        FloatVector c7 = FloatVector.fromArray(SPECIES, work, cAt + 7 * cStride);
        for (int k = 0; k < depth; k++) {
            FloatVector b = FloatVector.fromArray(SPECIES, work, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS]).fma(b, c0);
            c1 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 1]).fma(b, c1);
            VarHandle.loadLoadFence();
            c2 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 2]).fma(b, c2);
            c3 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 3]).fma(b, c3);
            VarHandle.loadLoadFence();
            c4 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 4]).fma(b, c4);
            c5 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 5]).fma(b, c5);
            VarHandle.loadLoadFence();
            c6 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 6]).fma(b, c6);
            c7 = FloatVector.broadcast(SPECIES, work[aAt + k * ROWS + 7]).fma(b, c7);
            VarHandle.loadLoadFence();
        }
        c0.intoArray(work, cAt);
        c1.intoArray(work, cAt + cStride);
        c2.intoArray(work, cAt + 2 * cStride);
        c3.intoArray(work, cAt + 3 * cStride);
        c4.intoArray(work, cAt + 4 * cStride);
        c5.intoArray(work, cAt + 5 * cStride);
        c6.intoArray(work, cAt + 6 * cStride);
        c7.intoArray(work, cAt + 7 * cStride);
    }
}
