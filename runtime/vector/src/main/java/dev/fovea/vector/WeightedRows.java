package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A weighted sum of rows that lie anywhere: the product of a single row. Six registers of it at a time make enough chains of
 * multiply-adds to hide their latency, where a tile of {@link GatheredTiles} with one row has two.
 */
final class WeightedRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private WeightedRows() {}

    /** {@code c[j] += Σ_k a[k]·b_k[j]}; {@code length} is a multiple of two registers. */
    static void add(
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int depth,
            float[] c,
            int cAt,
            int length) {
        int j = 0;
        for (; j <= length - 6 * LANES; j += 6 * LANES) {
            addSix(a, aAt, b, bAt + j, bRows, bFirst, depth, c, cAt + j);
        }
        for (; j < length; j += 2 * LANES) {
            addTwo(a, aAt, b, bAt + j, bRows, bFirst, depth, c, cAt + j);
        }
    }

    private static void addSix(
            float[] a, int aAt, float[] b, int bAt, int[] bRows, int bFirst, int depth, float[] c, int cAt) {
        FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c1 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector c2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector c3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        FloatVector c4 = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
        FloatVector c5 = FloatVector.fromArray(SPECIES, c, cAt + 5 * LANES);
        for (int k = 0; k < depth; k++) {
            int row = bAt + bRows[bFirst + k];
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            c0 = x.fma(FloatVector.fromArray(SPECIES, b, row), c0);
            c1 = x.fma(FloatVector.fromArray(SPECIES, b, row + LANES), c1);
            c2 = x.fma(FloatVector.fromArray(SPECIES, b, row + 2 * LANES), c2);
            c3 = x.fma(FloatVector.fromArray(SPECIES, b, row + 3 * LANES), c3);
            c4 = x.fma(FloatVector.fromArray(SPECIES, b, row + 4 * LANES), c4);
            c5 = x.fma(FloatVector.fromArray(SPECIES, b, row + 5 * LANES), c5);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + LANES);
        c2.intoArray(c, cAt + 2 * LANES);
        c3.intoArray(c, cAt + 3 * LANES);
        c4.intoArray(c, cAt + 4 * LANES);
        c5.intoArray(c, cAt + 5 * LANES);
    }

    private static void addTwo(
            float[] a, int aAt, float[] b, int bAt, int[] bRows, int bFirst, int depth, float[] c, int cAt) {
        FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector c1 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        for (int k = 0; k < depth; k++) {
            int row = bAt + bRows[bFirst + k];
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            c0 = x.fma(FloatVector.fromArray(SPECIES, b, row), c0);
            c1 = x.fma(FloatVector.fromArray(SPECIES, b, row + LANES), c1);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + LANES);
    }
}
