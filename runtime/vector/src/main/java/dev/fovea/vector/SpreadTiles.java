package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The tiles of {@link VectorChannels} for channels that fill a register: windows that begin side by side in some rows of an image, a register of sums each. */
final class SpreadTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private SpreadTiles() {}

    /** Two rows of eight columns. */
    static void rows2x8(
            float[] x,
            int x0,
            int x1,
            int[] offsets,
            int first,
            int terms,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cRow) {
        int c1 = cAt + cRow;
        FloatVector s00 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
        FloatVector s05 = FloatVector.fromArray(SPECIES, c, cAt + 5 * LANES);
        FloatVector s06 = FloatVector.fromArray(SPECIES, c, cAt + 6 * LANES);
        FloatVector s07 = FloatVector.fromArray(SPECIES, c, cAt + 7 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, c, c1 + 2 * LANES);
        FloatVector s13 = FloatVector.fromArray(SPECIES, c, c1 + 3 * LANES);
        FloatVector s14 = FloatVector.fromArray(SPECIES, c, c1 + 4 * LANES);
        FloatVector s15 = FloatVector.fromArray(SPECIES, c, c1 + 5 * LANES);
        FloatVector s16 = FloatVector.fromArray(SPECIES, c, c1 + 6 * LANES);
        FloatVector s17 = FloatVector.fromArray(SPECIES, c, c1 + 7 * LANES);
        for (int k = 0; k < terms; k++) {
            int offset = offsets[first + k];
            FloatVector v = FloatVector.fromArray(SPECIES, w, wAt + k * LANES);
            int at0 = x0 + offset;
            int at1 = x1 + offset;
            s00 = v.fma(FloatVector.broadcast(SPECIES, x[at0]), s00);
            s01 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 1]), s01);
            s02 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 2]), s02);
            s03 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 3]), s03);
            s04 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 4]), s04);
            s05 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 5]), s05);
            s06 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 6]), s06);
            s07 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 7]), s07);
            s10 = v.fma(FloatVector.broadcast(SPECIES, x[at1]), s10);
            s11 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 1]), s11);
            s12 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 2]), s12);
            s13 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 3]), s13);
            s14 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 4]), s14);
            s15 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 5]), s15);
            s16 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 6]), s16);
            s17 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 7]), s17);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LANES);
        s02.intoArray(c, cAt + 2 * LANES);
        s03.intoArray(c, cAt + 3 * LANES);
        s04.intoArray(c, cAt + 4 * LANES);
        s05.intoArray(c, cAt + 5 * LANES);
        s06.intoArray(c, cAt + 6 * LANES);
        s07.intoArray(c, cAt + 7 * LANES);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LANES);
        s12.intoArray(c, c1 + 2 * LANES);
        s13.intoArray(c, c1 + 3 * LANES);
        s14.intoArray(c, c1 + 4 * LANES);
        s15.intoArray(c, c1 + 5 * LANES);
        s16.intoArray(c, c1 + 6 * LANES);
        s17.intoArray(c, c1 + 7 * LANES);
    }

    /** Two rows of seven columns. */
    static void rows2x7(
            float[] x,
            int x0,
            int x1,
            int[] offsets,
            int first,
            int terms,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cRow) {
        int c1 = cAt + cRow;
        FloatVector s00 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
        FloatVector s05 = FloatVector.fromArray(SPECIES, c, cAt + 5 * LANES);
        FloatVector s06 = FloatVector.fromArray(SPECIES, c, cAt + 6 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, c, c1 + 2 * LANES);
        FloatVector s13 = FloatVector.fromArray(SPECIES, c, c1 + 3 * LANES);
        FloatVector s14 = FloatVector.fromArray(SPECIES, c, c1 + 4 * LANES);
        FloatVector s15 = FloatVector.fromArray(SPECIES, c, c1 + 5 * LANES);
        FloatVector s16 = FloatVector.fromArray(SPECIES, c, c1 + 6 * LANES);
        for (int k = 0; k < terms; k++) {
            int offset = offsets[first + k];
            FloatVector v = FloatVector.fromArray(SPECIES, w, wAt + k * LANES);
            int at0 = x0 + offset;
            int at1 = x1 + offset;
            s00 = v.fma(FloatVector.broadcast(SPECIES, x[at0]), s00);
            s01 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 1]), s01);
            s02 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 2]), s02);
            s03 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 3]), s03);
            s04 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 4]), s04);
            s05 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 5]), s05);
            s06 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 6]), s06);
            s10 = v.fma(FloatVector.broadcast(SPECIES, x[at1]), s10);
            s11 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 1]), s11);
            s12 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 2]), s12);
            s13 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 3]), s13);
            s14 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 4]), s14);
            s15 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 5]), s15);
            s16 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 6]), s16);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LANES);
        s02.intoArray(c, cAt + 2 * LANES);
        s03.intoArray(c, cAt + 3 * LANES);
        s04.intoArray(c, cAt + 4 * LANES);
        s05.intoArray(c, cAt + 5 * LANES);
        s06.intoArray(c, cAt + 6 * LANES);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LANES);
        s12.intoArray(c, c1 + 2 * LANES);
        s13.intoArray(c, c1 + 3 * LANES);
        s14.intoArray(c, c1 + 4 * LANES);
        s15.intoArray(c, c1 + 5 * LANES);
        s16.intoArray(c, c1 + 6 * LANES);
    }

    /** Two rows of five columns. */
    static void rows2x5(
            float[] x,
            int x0,
            int x1,
            int[] offsets,
            int first,
            int terms,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cRow) {
        int c1 = cAt + cRow;
        FloatVector s00 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, c, c1 + 2 * LANES);
        FloatVector s13 = FloatVector.fromArray(SPECIES, c, c1 + 3 * LANES);
        FloatVector s14 = FloatVector.fromArray(SPECIES, c, c1 + 4 * LANES);
        for (int k = 0; k < terms; k++) {
            int offset = offsets[first + k];
            FloatVector v = FloatVector.fromArray(SPECIES, w, wAt + k * LANES);
            int at0 = x0 + offset;
            int at1 = x1 + offset;
            s00 = v.fma(FloatVector.broadcast(SPECIES, x[at0]), s00);
            s01 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 1]), s01);
            s02 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 2]), s02);
            s03 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 3]), s03);
            s04 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 4]), s04);
            s10 = v.fma(FloatVector.broadcast(SPECIES, x[at1]), s10);
            s11 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 1]), s11);
            s12 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 2]), s12);
            s13 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 3]), s13);
            s14 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 4]), s14);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LANES);
        s02.intoArray(c, cAt + 2 * LANES);
        s03.intoArray(c, cAt + 3 * LANES);
        s04.intoArray(c, cAt + 4 * LANES);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LANES);
        s12.intoArray(c, c1 + 2 * LANES);
        s13.intoArray(c, c1 + 3 * LANES);
        s14.intoArray(c, c1 + 4 * LANES);
    }

    /** Three rows of three columns. */
    static void rows3x3(
            float[] x,
            int x0,
            int x1,
            int x2,
            int[] offsets,
            int first,
            int terms,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cSecond,
            int cThird) {
        int c1 = cAt + cSecond;
        int c2 = cAt + cThird;
        FloatVector s00 = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        FloatVector s12 = FloatVector.fromArray(SPECIES, c, c1 + 2 * LANES);
        FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2);
        FloatVector s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
        FloatVector s22 = FloatVector.fromArray(SPECIES, c, c2 + 2 * LANES);
        for (int k = 0; k < terms; k++) {
            int offset = offsets[first + k];
            FloatVector v = FloatVector.fromArray(SPECIES, w, wAt + k * LANES);
            int at0 = x0 + offset;
            int at1 = x1 + offset;
            int at2 = x2 + offset;
            s00 = v.fma(FloatVector.broadcast(SPECIES, x[at0]), s00);
            s01 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 1]), s01);
            s02 = v.fma(FloatVector.broadcast(SPECIES, x[at0 + 2]), s02);
            s10 = v.fma(FloatVector.broadcast(SPECIES, x[at1]), s10);
            s11 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 1]), s11);
            s12 = v.fma(FloatVector.broadcast(SPECIES, x[at1 + 2]), s12);
            s20 = v.fma(FloatVector.broadcast(SPECIES, x[at2]), s20);
            s21 = v.fma(FloatVector.broadcast(SPECIES, x[at2 + 1]), s21);
            s22 = v.fma(FloatVector.broadcast(SPECIES, x[at2 + 2]), s22);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LANES);
        s02.intoArray(c, cAt + 2 * LANES);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + LANES);
        s12.intoArray(c, c1 + 2 * LANES);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + LANES);
        s22.intoArray(c, c2 + 2 * LANES);
    }
}
