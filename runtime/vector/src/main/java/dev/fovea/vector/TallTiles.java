package dev.fovea.vector;

import dev.fovea.runtime.simd.MatrixSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tile of {@link PanelTiles} for machines with 32 registers and rows that lie {@link MatrixSimd#ROW_DISTANCE} apart, in one array with
 * the panel: twelve rows, whose 24 sums read the panel half as often. With a register for the address of each row there would be more addresses than
 * x86 has registers for.
 */
final class TallTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 2 * LANES;
    private static final int ROW = MatrixSimd.ROW_DISTANCE;

    private TallTiles() {}

    static void multiply12(float[] ab, int aAt, int bAt, int depth, float[] c, int cAt, int cStride) {
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
        FloatVector c0a = FloatVector.fromArray(SPECIES, c, r0);
        FloatVector c0b = FloatVector.fromArray(SPECIES, c, r0 + LANES);
        FloatVector c1a = FloatVector.fromArray(SPECIES, c, r1);
        FloatVector c1b = FloatVector.fromArray(SPECIES, c, r1 + LANES);
        FloatVector c2a = FloatVector.fromArray(SPECIES, c, r2);
        FloatVector c2b = FloatVector.fromArray(SPECIES, c, r2 + LANES);
        FloatVector c3a = FloatVector.fromArray(SPECIES, c, r3);
        FloatVector c3b = FloatVector.fromArray(SPECIES, c, r3 + LANES);
        FloatVector c4a = FloatVector.fromArray(SPECIES, c, r4);
        FloatVector c4b = FloatVector.fromArray(SPECIES, c, r4 + LANES);
        FloatVector c5a = FloatVector.fromArray(SPECIES, c, r5);
        FloatVector c5b = FloatVector.fromArray(SPECIES, c, r5 + LANES);
        FloatVector c6a = FloatVector.fromArray(SPECIES, c, r6);
        FloatVector c6b = FloatVector.fromArray(SPECIES, c, r6 + LANES);
        FloatVector c7a = FloatVector.fromArray(SPECIES, c, r7);
        FloatVector c7b = FloatVector.fromArray(SPECIES, c, r7 + LANES);
        FloatVector c8a = FloatVector.fromArray(SPECIES, c, r8);
        FloatVector c8b = FloatVector.fromArray(SPECIES, c, r8 + LANES);
        FloatVector c9a = FloatVector.fromArray(SPECIES, c, r9);
        FloatVector c9b = FloatVector.fromArray(SPECIES, c, r9 + LANES);
        FloatVector c10a = FloatVector.fromArray(SPECIES, c, r10);
        FloatVector c10b = FloatVector.fromArray(SPECIES, c, r10 + LANES);
        FloatVector c11a = FloatVector.fromArray(SPECIES, c, r11);
        FloatVector c11b = FloatVector.fromArray(SPECIES, c, r11 + LANES);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, ab, bAt + k * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, ab, bAt + k * COLUMNS + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, ab[aAt + k]);
            c0a = x0.fma(b0, c0a);
            c0b = x0.fma(b1, c0b);
            FloatVector x1 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW]);
            c1a = x1.fma(b0, c1a);
            c1b = x1.fma(b1, c1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, ab[aAt + k + 2 * ROW]);
            c2a = x2.fma(b0, c2a);
            c2b = x2.fma(b1, c2b);
            FloatVector x3 = FloatVector.broadcast(SPECIES, ab[aAt + k + 3 * ROW]);
            c3a = x3.fma(b0, c3a);
            c3b = x3.fma(b1, c3b);
            FloatVector x4 = FloatVector.broadcast(SPECIES, ab[aAt + k + 4 * ROW]);
            c4a = x4.fma(b0, c4a);
            c4b = x4.fma(b1, c4b);
            FloatVector x5 = FloatVector.broadcast(SPECIES, ab[aAt + k + 5 * ROW]);
            c5a = x5.fma(b0, c5a);
            c5b = x5.fma(b1, c5b);
            FloatVector x6 = FloatVector.broadcast(SPECIES, ab[aAt + k + 6 * ROW]);
            c6a = x6.fma(b0, c6a);
            c6b = x6.fma(b1, c6b);
            FloatVector x7 = FloatVector.broadcast(SPECIES, ab[aAt + k + 7 * ROW]);
            c7a = x7.fma(b0, c7a);
            c7b = x7.fma(b1, c7b);
            FloatVector x8 = FloatVector.broadcast(SPECIES, ab[aAt + k + 8 * ROW]);
            c8a = x8.fma(b0, c8a);
            c8b = x8.fma(b1, c8b);
            FloatVector x9 = FloatVector.broadcast(SPECIES, ab[aAt + k + 9 * ROW]);
            c9a = x9.fma(b0, c9a);
            c9b = x9.fma(b1, c9b);
            FloatVector x10 = FloatVector.broadcast(SPECIES, ab[aAt + k + 10 * ROW]);
            c10a = x10.fma(b0, c10a);
            c10b = x10.fma(b1, c10b);
            FloatVector x11 = FloatVector.broadcast(SPECIES, ab[aAt + k + 11 * ROW]);
            c11a = x11.fma(b0, c11a);
            c11b = x11.fma(b1, c11b);
        }
        c0a.intoArray(c, r0);
        c0b.intoArray(c, r0 + LANES);
        c1a.intoArray(c, r1);
        c1b.intoArray(c, r1 + LANES);
        c2a.intoArray(c, r2);
        c2b.intoArray(c, r2 + LANES);
        c3a.intoArray(c, r3);
        c3b.intoArray(c, r3 + LANES);
        c4a.intoArray(c, r4);
        c4b.intoArray(c, r4 + LANES);
        c5a.intoArray(c, r5);
        c5b.intoArray(c, r5 + LANES);
        c6a.intoArray(c, r6);
        c6b.intoArray(c, r6 + LANES);
        c7a.intoArray(c, r7);
        c7b.intoArray(c, r7 + LANES);
        c8a.intoArray(c, r8);
        c8b.intoArray(c, r8 + LANES);
        c9a.intoArray(c, r9);
        c9b.intoArray(c, r9 + LANES);
        c10a.intoArray(c, r10);
        c10b.intoArray(c, r10 + LANES);
        c11a.intoArray(c, r11);
        c11b.intoArray(c, r11 + LANES);
    }

    /** Of a panel of which one register counts. */
    static void multiply12Narrow(float[] ab, int aAt, int bAt, int depth, float[] c, int cAt, int cStride) {
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
        FloatVector c0 = FloatVector.fromArray(SPECIES, c, r0);
        FloatVector c1 = FloatVector.fromArray(SPECIES, c, r1);
        FloatVector c2 = FloatVector.fromArray(SPECIES, c, r2);
        FloatVector c3 = FloatVector.fromArray(SPECIES, c, r3);
        FloatVector c4 = FloatVector.fromArray(SPECIES, c, r4);
        FloatVector c5 = FloatVector.fromArray(SPECIES, c, r5);
        FloatVector c6 = FloatVector.fromArray(SPECIES, c, r6);
        FloatVector c7 = FloatVector.fromArray(SPECIES, c, r7);
        FloatVector c8 = FloatVector.fromArray(SPECIES, c, r8);
        FloatVector c9 = FloatVector.fromArray(SPECIES, c, r9);
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, r10);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, r11);
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, ab, bAt + k * COLUMNS);
            FloatVector x0 = FloatVector.broadcast(SPECIES, ab[aAt + k]);
            c0 = x0.fma(b0, c0);
            FloatVector x1 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW]);
            c1 = x1.fma(b0, c1);
            FloatVector x2 = FloatVector.broadcast(SPECIES, ab[aAt + k + 2 * ROW]);
            c2 = x2.fma(b0, c2);
            FloatVector x3 = FloatVector.broadcast(SPECIES, ab[aAt + k + 3 * ROW]);
            c3 = x3.fma(b0, c3);
            FloatVector x4 = FloatVector.broadcast(SPECIES, ab[aAt + k + 4 * ROW]);
            c4 = x4.fma(b0, c4);
            FloatVector x5 = FloatVector.broadcast(SPECIES, ab[aAt + k + 5 * ROW]);
            c5 = x5.fma(b0, c5);
            FloatVector x6 = FloatVector.broadcast(SPECIES, ab[aAt + k + 6 * ROW]);
            c6 = x6.fma(b0, c6);
            FloatVector x7 = FloatVector.broadcast(SPECIES, ab[aAt + k + 7 * ROW]);
            c7 = x7.fma(b0, c7);
            FloatVector x8 = FloatVector.broadcast(SPECIES, ab[aAt + k + 8 * ROW]);
            c8 = x8.fma(b0, c8);
            FloatVector x9 = FloatVector.broadcast(SPECIES, ab[aAt + k + 9 * ROW]);
            c9 = x9.fma(b0, c9);
            FloatVector x10 = FloatVector.broadcast(SPECIES, ab[aAt + k + 10 * ROW]);
            c10 = x10.fma(b0, c10);
            FloatVector x11 = FloatVector.broadcast(SPECIES, ab[aAt + k + 11 * ROW]);
            c11 = x11.fma(b0, c11);
        }
        c0.intoArray(c, r0);
        c1.intoArray(c, r1);
        c2.intoArray(c, r2);
        c3.intoArray(c, r3);
        c4.intoArray(c, r4);
        c5.intoArray(c, r5);
        c6.intoArray(c, r6);
        c7.intoArray(c, r7);
        c8.intoArray(c, r8);
        c9.intoArray(c, r9);
        c10.intoArray(c, r10);
        c11.intoArray(c, r11);
    }
}
