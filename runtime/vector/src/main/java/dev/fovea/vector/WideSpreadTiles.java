package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The tiles of {@link VectorChannels} for channels that fill two registers: each element of the image that is read is multiplied with both. */
final class WideSpreadTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private WideSpreadTiles() {}

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
            int cRow,
            int cBlock) {
        int c0b = cAt + cBlock;
        int c1a = cAt + cRow;
        int c1b = cAt + cRow + cBlock;
        FloatVector s00a = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s00b = FloatVector.fromArray(SPECIES, c, c0b);
        FloatVector s01a = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s01b = FloatVector.fromArray(SPECIES, c, c0b + LANES);
        FloatVector s02a = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s02b = FloatVector.fromArray(SPECIES, c, c0b + 2 * LANES);
        FloatVector s03a = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        FloatVector s03b = FloatVector.fromArray(SPECIES, c, c0b + 3 * LANES);
        FloatVector s04a = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
        FloatVector s04b = FloatVector.fromArray(SPECIES, c, c0b + 4 * LANES);
        FloatVector s05a = FloatVector.fromArray(SPECIES, c, cAt + 5 * LANES);
        FloatVector s05b = FloatVector.fromArray(SPECIES, c, c0b + 5 * LANES);
        FloatVector s06a = FloatVector.fromArray(SPECIES, c, cAt + 6 * LANES);
        FloatVector s06b = FloatVector.fromArray(SPECIES, c, c0b + 6 * LANES);
        FloatVector s10a = FloatVector.fromArray(SPECIES, c, c1a);
        FloatVector s10b = FloatVector.fromArray(SPECIES, c, c1b);
        FloatVector s11a = FloatVector.fromArray(SPECIES, c, c1a + LANES);
        FloatVector s11b = FloatVector.fromArray(SPECIES, c, c1b + LANES);
        FloatVector s12a = FloatVector.fromArray(SPECIES, c, c1a + 2 * LANES);
        FloatVector s12b = FloatVector.fromArray(SPECIES, c, c1b + 2 * LANES);
        FloatVector s13a = FloatVector.fromArray(SPECIES, c, c1a + 3 * LANES);
        FloatVector s13b = FloatVector.fromArray(SPECIES, c, c1b + 3 * LANES);
        FloatVector s14a = FloatVector.fromArray(SPECIES, c, c1a + 4 * LANES);
        FloatVector s14b = FloatVector.fromArray(SPECIES, c, c1b + 4 * LANES);
        FloatVector s15a = FloatVector.fromArray(SPECIES, c, c1a + 5 * LANES);
        FloatVector s15b = FloatVector.fromArray(SPECIES, c, c1b + 5 * LANES);
        FloatVector s16a = FloatVector.fromArray(SPECIES, c, c1a + 6 * LANES);
        FloatVector s16b = FloatVector.fromArray(SPECIES, c, c1b + 6 * LANES);
        for (int k = 0; k < terms; k++) {
            int offset = offsets[first + k];
            FloatVector a = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES);
            FloatVector b = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES + LANES);
            int at0 = x0 + offset;
            int at1 = x1 + offset;
            FloatVector x00 = FloatVector.broadcast(SPECIES, x[at0]);
            s00a = x00.fma(a, s00a);
            s00b = x00.fma(b, s00b);
            FloatVector x01 = FloatVector.broadcast(SPECIES, x[at0 + 1]);
            s01a = x01.fma(a, s01a);
            s01b = x01.fma(b, s01b);
            FloatVector x02 = FloatVector.broadcast(SPECIES, x[at0 + 2]);
            s02a = x02.fma(a, s02a);
            s02b = x02.fma(b, s02b);
            FloatVector x03 = FloatVector.broadcast(SPECIES, x[at0 + 3]);
            s03a = x03.fma(a, s03a);
            s03b = x03.fma(b, s03b);
            FloatVector x04 = FloatVector.broadcast(SPECIES, x[at0 + 4]);
            s04a = x04.fma(a, s04a);
            s04b = x04.fma(b, s04b);
            FloatVector x05 = FloatVector.broadcast(SPECIES, x[at0 + 5]);
            s05a = x05.fma(a, s05a);
            s05b = x05.fma(b, s05b);
            FloatVector x06 = FloatVector.broadcast(SPECIES, x[at0 + 6]);
            s06a = x06.fma(a, s06a);
            s06b = x06.fma(b, s06b);
            FloatVector x10 = FloatVector.broadcast(SPECIES, x[at1]);
            s10a = x10.fma(a, s10a);
            s10b = x10.fma(b, s10b);
            FloatVector x11 = FloatVector.broadcast(SPECIES, x[at1 + 1]);
            s11a = x11.fma(a, s11a);
            s11b = x11.fma(b, s11b);
            FloatVector x12 = FloatVector.broadcast(SPECIES, x[at1 + 2]);
            s12a = x12.fma(a, s12a);
            s12b = x12.fma(b, s12b);
            FloatVector x13 = FloatVector.broadcast(SPECIES, x[at1 + 3]);
            s13a = x13.fma(a, s13a);
            s13b = x13.fma(b, s13b);
            FloatVector x14 = FloatVector.broadcast(SPECIES, x[at1 + 4]);
            s14a = x14.fma(a, s14a);
            s14b = x14.fma(b, s14b);
            FloatVector x15 = FloatVector.broadcast(SPECIES, x[at1 + 5]);
            s15a = x15.fma(a, s15a);
            s15b = x15.fma(b, s15b);
            FloatVector x16 = FloatVector.broadcast(SPECIES, x[at1 + 6]);
            s16a = x16.fma(a, s16a);
            s16b = x16.fma(b, s16b);
        }
        s00a.intoArray(c, cAt);
        s00b.intoArray(c, c0b);
        s01a.intoArray(c, cAt + LANES);
        s01b.intoArray(c, c0b + LANES);
        s02a.intoArray(c, cAt + 2 * LANES);
        s02b.intoArray(c, c0b + 2 * LANES);
        s03a.intoArray(c, cAt + 3 * LANES);
        s03b.intoArray(c, c0b + 3 * LANES);
        s04a.intoArray(c, cAt + 4 * LANES);
        s04b.intoArray(c, c0b + 4 * LANES);
        s05a.intoArray(c, cAt + 5 * LANES);
        s05b.intoArray(c, c0b + 5 * LANES);
        s06a.intoArray(c, cAt + 6 * LANES);
        s06b.intoArray(c, c0b + 6 * LANES);
        s10a.intoArray(c, c1a);
        s10b.intoArray(c, c1b);
        s11a.intoArray(c, c1a + LANES);
        s11b.intoArray(c, c1b + LANES);
        s12a.intoArray(c, c1a + 2 * LANES);
        s12b.intoArray(c, c1b + 2 * LANES);
        s13a.intoArray(c, c1a + 3 * LANES);
        s13b.intoArray(c, c1b + 3 * LANES);
        s14a.intoArray(c, c1a + 4 * LANES);
        s14b.intoArray(c, c1b + 4 * LANES);
        s15a.intoArray(c, c1a + 5 * LANES);
        s15b.intoArray(c, c1b + 5 * LANES);
        s16a.intoArray(c, c1a + 6 * LANES);
        s16b.intoArray(c, c1b + 6 * LANES);
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
            int cRow,
            int cBlock) {
        int c0b = cAt + cBlock;
        int c1a = cAt + cRow;
        int c1b = cAt + cRow + cBlock;
        FloatVector s00a = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s00b = FloatVector.fromArray(SPECIES, c, c0b);
        FloatVector s01a = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s01b = FloatVector.fromArray(SPECIES, c, c0b + LANES);
        FloatVector s02a = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s02b = FloatVector.fromArray(SPECIES, c, c0b + 2 * LANES);
        FloatVector s03a = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        FloatVector s03b = FloatVector.fromArray(SPECIES, c, c0b + 3 * LANES);
        FloatVector s04a = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
        FloatVector s04b = FloatVector.fromArray(SPECIES, c, c0b + 4 * LANES);
        FloatVector s10a = FloatVector.fromArray(SPECIES, c, c1a);
        FloatVector s10b = FloatVector.fromArray(SPECIES, c, c1b);
        FloatVector s11a = FloatVector.fromArray(SPECIES, c, c1a + LANES);
        FloatVector s11b = FloatVector.fromArray(SPECIES, c, c1b + LANES);
        FloatVector s12a = FloatVector.fromArray(SPECIES, c, c1a + 2 * LANES);
        FloatVector s12b = FloatVector.fromArray(SPECIES, c, c1b + 2 * LANES);
        FloatVector s13a = FloatVector.fromArray(SPECIES, c, c1a + 3 * LANES);
        FloatVector s13b = FloatVector.fromArray(SPECIES, c, c1b + 3 * LANES);
        FloatVector s14a = FloatVector.fromArray(SPECIES, c, c1a + 4 * LANES);
        FloatVector s14b = FloatVector.fromArray(SPECIES, c, c1b + 4 * LANES);
        for (int k = 0; k < terms; k++) {
            int offset = offsets[first + k];
            FloatVector a = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES);
            FloatVector b = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES + LANES);
            int at0 = x0 + offset;
            int at1 = x1 + offset;
            FloatVector x00 = FloatVector.broadcast(SPECIES, x[at0]);
            s00a = x00.fma(a, s00a);
            s00b = x00.fma(b, s00b);
            FloatVector x01 = FloatVector.broadcast(SPECIES, x[at0 + 1]);
            s01a = x01.fma(a, s01a);
            s01b = x01.fma(b, s01b);
            FloatVector x02 = FloatVector.broadcast(SPECIES, x[at0 + 2]);
            s02a = x02.fma(a, s02a);
            s02b = x02.fma(b, s02b);
            FloatVector x03 = FloatVector.broadcast(SPECIES, x[at0 + 3]);
            s03a = x03.fma(a, s03a);
            s03b = x03.fma(b, s03b);
            FloatVector x04 = FloatVector.broadcast(SPECIES, x[at0 + 4]);
            s04a = x04.fma(a, s04a);
            s04b = x04.fma(b, s04b);
            FloatVector x10 = FloatVector.broadcast(SPECIES, x[at1]);
            s10a = x10.fma(a, s10a);
            s10b = x10.fma(b, s10b);
            FloatVector x11 = FloatVector.broadcast(SPECIES, x[at1 + 1]);
            s11a = x11.fma(a, s11a);
            s11b = x11.fma(b, s11b);
            FloatVector x12 = FloatVector.broadcast(SPECIES, x[at1 + 2]);
            s12a = x12.fma(a, s12a);
            s12b = x12.fma(b, s12b);
            FloatVector x13 = FloatVector.broadcast(SPECIES, x[at1 + 3]);
            s13a = x13.fma(a, s13a);
            s13b = x13.fma(b, s13b);
            FloatVector x14 = FloatVector.broadcast(SPECIES, x[at1 + 4]);
            s14a = x14.fma(a, s14a);
            s14b = x14.fma(b, s14b);
        }
        s00a.intoArray(c, cAt);
        s00b.intoArray(c, c0b);
        s01a.intoArray(c, cAt + LANES);
        s01b.intoArray(c, c0b + LANES);
        s02a.intoArray(c, cAt + 2 * LANES);
        s02b.intoArray(c, c0b + 2 * LANES);
        s03a.intoArray(c, cAt + 3 * LANES);
        s03b.intoArray(c, c0b + 3 * LANES);
        s04a.intoArray(c, cAt + 4 * LANES);
        s04b.intoArray(c, c0b + 4 * LANES);
        s10a.intoArray(c, c1a);
        s10b.intoArray(c, c1b);
        s11a.intoArray(c, c1a + LANES);
        s11b.intoArray(c, c1b + LANES);
        s12a.intoArray(c, c1a + 2 * LANES);
        s12b.intoArray(c, c1b + 2 * LANES);
        s13a.intoArray(c, c1a + 3 * LANES);
        s13b.intoArray(c, c1b + 3 * LANES);
        s14a.intoArray(c, c1a + 4 * LANES);
        s14b.intoArray(c, c1b + 4 * LANES);
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
            int cThird,
            int cBlock) {
        int c0b = cAt + cBlock;
        int c1a = cAt + cSecond;
        int c1b = cAt + cSecond + cBlock;
        int c2a = cAt + cThird;
        int c2b = cAt + cThird + cBlock;
        FloatVector s00a = FloatVector.fromArray(SPECIES, c, cAt);
        FloatVector s00b = FloatVector.fromArray(SPECIES, c, c0b);
        FloatVector s01a = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        FloatVector s01b = FloatVector.fromArray(SPECIES, c, c0b + LANES);
        FloatVector s02a = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        FloatVector s02b = FloatVector.fromArray(SPECIES, c, c0b + 2 * LANES);
        FloatVector s10a = FloatVector.fromArray(SPECIES, c, c1a);
        FloatVector s10b = FloatVector.fromArray(SPECIES, c, c1b);
        FloatVector s11a = FloatVector.fromArray(SPECIES, c, c1a + LANES);
        FloatVector s11b = FloatVector.fromArray(SPECIES, c, c1b + LANES);
        FloatVector s12a = FloatVector.fromArray(SPECIES, c, c1a + 2 * LANES);
        FloatVector s12b = FloatVector.fromArray(SPECIES, c, c1b + 2 * LANES);
        FloatVector s20a = FloatVector.fromArray(SPECIES, c, c2a);
        FloatVector s20b = FloatVector.fromArray(SPECIES, c, c2b);
        FloatVector s21a = FloatVector.fromArray(SPECIES, c, c2a + LANES);
        FloatVector s21b = FloatVector.fromArray(SPECIES, c, c2b + LANES);
        FloatVector s22a = FloatVector.fromArray(SPECIES, c, c2a + 2 * LANES);
        FloatVector s22b = FloatVector.fromArray(SPECIES, c, c2b + 2 * LANES);
        for (int k = 0; k < terms; k++) {
            int offset = offsets[first + k];
            FloatVector a = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES);
            FloatVector b = FloatVector.fromArray(SPECIES, w, wAt + k * 2 * LANES + LANES);
            int at0 = x0 + offset;
            int at1 = x1 + offset;
            int at2 = x2 + offset;
            FloatVector x00 = FloatVector.broadcast(SPECIES, x[at0]);
            s00a = x00.fma(a, s00a);
            s00b = x00.fma(b, s00b);
            FloatVector x01 = FloatVector.broadcast(SPECIES, x[at0 + 1]);
            s01a = x01.fma(a, s01a);
            s01b = x01.fma(b, s01b);
            FloatVector x02 = FloatVector.broadcast(SPECIES, x[at0 + 2]);
            s02a = x02.fma(a, s02a);
            s02b = x02.fma(b, s02b);
            FloatVector x10 = FloatVector.broadcast(SPECIES, x[at1]);
            s10a = x10.fma(a, s10a);
            s10b = x10.fma(b, s10b);
            FloatVector x11 = FloatVector.broadcast(SPECIES, x[at1 + 1]);
            s11a = x11.fma(a, s11a);
            s11b = x11.fma(b, s11b);
            FloatVector x12 = FloatVector.broadcast(SPECIES, x[at1 + 2]);
            s12a = x12.fma(a, s12a);
            s12b = x12.fma(b, s12b);
            FloatVector x20 = FloatVector.broadcast(SPECIES, x[at2]);
            s20a = x20.fma(a, s20a);
            s20b = x20.fma(b, s20b);
            FloatVector x21 = FloatVector.broadcast(SPECIES, x[at2 + 1]);
            s21a = x21.fma(a, s21a);
            s21b = x21.fma(b, s21b);
            FloatVector x22 = FloatVector.broadcast(SPECIES, x[at2 + 2]);
            s22a = x22.fma(a, s22a);
            s22b = x22.fma(b, s22b);
        }
        s00a.intoArray(c, cAt);
        s00b.intoArray(c, c0b);
        s01a.intoArray(c, cAt + LANES);
        s01b.intoArray(c, c0b + LANES);
        s02a.intoArray(c, cAt + 2 * LANES);
        s02b.intoArray(c, c0b + 2 * LANES);
        s10a.intoArray(c, c1a);
        s10b.intoArray(c, c1b);
        s11a.intoArray(c, c1a + LANES);
        s11b.intoArray(c, c1b + LANES);
        s12a.intoArray(c, c1a + 2 * LANES);
        s12b.intoArray(c, c1b + 2 * LANES);
        s20a.intoArray(c, c2a);
        s20b.intoArray(c, c2b);
        s21a.intoArray(c, c2a + LANES);
        s21b.intoArray(c, c2b + LANES);
        s22a.intoArray(c, c2a + 2 * LANES);
        s22b.intoArray(c, c2b + 2 * LANES);
    }
}
