package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of rows that lie turned around with the few columns that a panel has left: what fills the registers is rows, as many side by side as
 * a register holds, so that no lane multiplies what does not count. C lies by columns.
 */
final class ColumnTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Of the panel that the columns are part of. */
    private static final int COLUMNS = 2 * LANES;
    /** Columns at a time. */
    static final int WIDTH = 4;

    private ColumnTiles() {}

    /** Of one register of rows. */
    static void multiply1(float[] a, int aAt, float[] work, int bAt, int depth, int cAt) {
        FloatVector c0a = FloatVector.fromArray(SPECIES, work, cAt);
        FloatVector c0b = FloatVector.fromArray(SPECIES, work, cAt + LANES);
        FloatVector c0c = FloatVector.fromArray(SPECIES, work, cAt + 2 * LANES);
        FloatVector c0d = FloatVector.fromArray(SPECIES, work, cAt + 3 * LANES);
        for (int k = 0; k < depth; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, a, aAt + k * LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, work[bAt + k * COLUMNS]);
            c0a = x0.fma(w0, c0a);
            FloatVector x1 = FloatVector.broadcast(SPECIES, work[bAt + k * COLUMNS + 1]);
            c0b = x1.fma(w0, c0b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, work[bAt + k * COLUMNS + 2]);
            c0c = x2.fma(w0, c0c);
            FloatVector x3 = FloatVector.broadcast(SPECIES, work[bAt + k * COLUMNS + 3]);
            c0d = x3.fma(w0, c0d);
        }
        c0a.intoArray(work, cAt);
        c0b.intoArray(work, cAt + LANES);
        c0c.intoArray(work, cAt + 2 * LANES);
        c0d.intoArray(work, cAt + 3 * LANES);
    }

    /** Of two, {@code aStride} apart. */
    static void multiply2(float[] a, int aAt, int aStride, float[] work, int bAt, int depth, int cAt) {
        FloatVector c0a = FloatVector.fromArray(SPECIES, work, cAt);
        FloatVector c0b = FloatVector.fromArray(SPECIES, work, cAt + 2 * LANES);
        FloatVector c0c = FloatVector.fromArray(SPECIES, work, cAt + 4 * LANES);
        FloatVector c0d = FloatVector.fromArray(SPECIES, work, cAt + 6 * LANES);
        FloatVector c1a = FloatVector.fromArray(SPECIES, work, cAt + LANES);
        FloatVector c1b = FloatVector.fromArray(SPECIES, work, cAt + 3 * LANES);
        FloatVector c1c = FloatVector.fromArray(SPECIES, work, cAt + 5 * LANES);
        FloatVector c1d = FloatVector.fromArray(SPECIES, work, cAt + 7 * LANES);
        for (int k = 0; k < depth; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, a, aAt + k * LANES);
            FloatVector w1 = FloatVector.fromArray(SPECIES, a, aAt + aStride + k * LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, work[bAt + k * COLUMNS]);
            c0a = x0.fma(w0, c0a);
            c1a = x0.fma(w1, c1a);
            FloatVector x1 = FloatVector.broadcast(SPECIES, work[bAt + k * COLUMNS + 1]);
            c0b = x1.fma(w0, c0b);
            c1b = x1.fma(w1, c1b);
            FloatVector x2 = FloatVector.broadcast(SPECIES, work[bAt + k * COLUMNS + 2]);
            c0c = x2.fma(w0, c0c);
            c1c = x2.fma(w1, c1c);
            FloatVector x3 = FloatVector.broadcast(SPECIES, work[bAt + k * COLUMNS + 3]);
            c0d = x3.fma(w0, c0d);
            c1d = x3.fma(w1, c1d);
        }
        c0a.intoArray(work, cAt);
        c0b.intoArray(work, cAt + 2 * LANES);
        c0c.intoArray(work, cAt + 4 * LANES);
        c0d.intoArray(work, cAt + 6 * LANES);
        c1a.intoArray(work, cAt + LANES);
        c1b.intoArray(work, cAt + 3 * LANES);
        c1c.intoArray(work, cAt + 5 * LANES);
        c1d.intoArray(work, cAt + 7 * LANES);
    }
}
