package dev.fovea.vector;

import dev.fovea.runtime.simd.MatrixSimd;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tile of {@link FencedTiles} for rows that lie {@link MatrixSimd#ROW_DISTANCE} apart, in one array with the panel. As the distance is
 * a constant, an element of each of the four rows is found by one register and a number that is part of the instruction. With a
 * register a row and one for each array there are more than x86 has, and every fourth instruction brings one back from memory: 73 to 85
 * GFLOP/s, as the compiler happens to choose, in place of 87 to 90. With two arrays it still is a matter of luck.
 */
final class SpacedTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 2 * LANES;
    private static final int TERMS = 2;
    private static final int ROW_1 = MatrixSimd.ROW_DISTANCE;
    private static final int ROW_2 = 2 * MatrixSimd.ROW_DISTANCE;
    private static final int ROW_3 = 3 * MatrixSimd.ROW_DISTANCE;

    private SpacedTiles() {}

    static void multiply4(float[] ab, int aAt, int bAt, int depth, float[] c, int cAt, int cStride) {
        int r0 = cAt;
        int r1 = cAt + cStride;
        int r2 = cAt + 2 * cStride;
        int r3 = cAt + 3 * cStride;
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
            FloatVector b00 = FloatVector.fromArray(SPECIES, ab, bAt + k * COLUMNS);
            FloatVector b01 = FloatVector.fromArray(SPECIES, ab, bAt + k * COLUMNS + LANES);
            FloatVector x00 = FloatVector.broadcast(SPECIES, ab[aAt + k]);
            c00 = x00.fma(b00, c00);
            c01 = x00.fma(b01, c01);
            VarHandle.loadLoadFence();
            FloatVector x01 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW_1]);
            c10 = x01.fma(b00, c10);
            c11 = x01.fma(b01, c11);
            VarHandle.loadLoadFence();
            FloatVector x02 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW_2]);
            c20 = x02.fma(b00, c20);
            c21 = x02.fma(b01, c21);
            VarHandle.loadLoadFence();
            FloatVector x03 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW_3]);
            c30 = x03.fma(b00, c30);
            c31 = x03.fma(b01, c31);
            VarHandle.loadLoadFence();
            FloatVector b10 = FloatVector.fromArray(SPECIES, ab, bAt + k * COLUMNS + 2 * LANES);
            FloatVector b11 = FloatVector.fromArray(SPECIES, ab, bAt + k * COLUMNS + 3 * LANES);
            FloatVector x10 = FloatVector.broadcast(SPECIES, ab[aAt + k + 1]);
            c00 = x10.fma(b10, c00);
            c01 = x10.fma(b11, c01);
            VarHandle.loadLoadFence();
            FloatVector x11 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW_1 + 1]);
            c10 = x11.fma(b10, c10);
            c11 = x11.fma(b11, c11);
            VarHandle.loadLoadFence();
            FloatVector x12 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW_2 + 1]);
            c20 = x12.fma(b10, c20);
            c21 = x12.fma(b11, c21);
            VarHandle.loadLoadFence();
            FloatVector x13 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW_3 + 1]);
            c30 = x13.fma(b10, c30);
            c31 = x13.fma(b11, c31);
            VarHandle.loadLoadFence();
        }
        for (; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, ab, bAt + k * COLUMNS);
            FloatVector b1 = FloatVector.fromArray(SPECIES, ab, bAt + k * COLUMNS + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, ab[aAt + k]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            VarHandle.loadLoadFence();
            FloatVector x1 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW_1]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            VarHandle.loadLoadFence();
            FloatVector x2 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW_2]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            VarHandle.loadLoadFence();
            FloatVector x3 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW_3]);
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
