package dev.fovea.vector;

import dev.fovea.runtime.simd.MatrixSimd;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of eight rows by one register, for the last panel of a product where half of it is empty: as many chains of multiply-adds as
 * {@link SpacedTiles} has, on rows that lie likewise.
 */
final class NarrowTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int COLUMNS = 2 * SPECIES.length();
    private static final int ROW = MatrixSimd.ROW_DISTANCE;

    private NarrowTiles() {}

    static void multiply8(float[] ab, int aAt, int bAt, int depth, float[] c, int cAt, int cStride) {
        FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c1 = FloatVector.fromArray(SPECIES, c, cAt + cStride);
        FloatVector c2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cStride);
        FloatVector c3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cStride);
        FloatVector c4 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cStride);
        FloatVector c5 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cStride);
        FloatVector c6 = FloatVector.fromArray(SPECIES, c, cAt + 6 * cStride);
        FloatVector c7 = FloatVector.fromArray(SPECIES, c, cAt + 7 * cStride);
        for (int k = 0; k < depth; k++) {
            FloatVector b = FloatVector.fromArray(SPECIES, ab, bAt + k * COLUMNS);
            c0 = FloatVector.broadcast(SPECIES, ab[aAt + k]).fma(b, c0);
            c1 = FloatVector.broadcast(SPECIES, ab[aAt + k + ROW]).fma(b, c1);
            VarHandle.loadLoadFence();
            c2 = FloatVector.broadcast(SPECIES, ab[aAt + k + 2 * ROW]).fma(b, c2);
            c3 = FloatVector.broadcast(SPECIES, ab[aAt + k + 3 * ROW]).fma(b, c3);
            VarHandle.loadLoadFence();
            c4 = FloatVector.broadcast(SPECIES, ab[aAt + k + 4 * ROW]).fma(b, c4);
            c5 = FloatVector.broadcast(SPECIES, ab[aAt + k + 5 * ROW]).fma(b, c5);
            VarHandle.loadLoadFence();
            c6 = FloatVector.broadcast(SPECIES, ab[aAt + k + 6 * ROW]).fma(b, c6);
            c7 = FloatVector.broadcast(SPECIES, ab[aAt + k + 7 * ROW]).fma(b, c7);
            VarHandle.loadLoadFence();
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + cStride);
        c2.intoArray(c, cAt + 2 * cStride);
        c3.intoArray(c, cAt + 3 * cStride);
        c4.intoArray(c, cAt + 4 * cStride);
        c5.intoArray(c, cAt + 5 * cStride);
        c6.intoArray(c, cAt + 6 * cStride);
        c7.intoArray(c, cAt + 7 * cStride);
    }
}
