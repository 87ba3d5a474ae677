package dev.fovea.runtime.simd;

import java.util.Arrays;

/**
 * A tile and the rows that it is multiplied with, each from the beginning of an array: C2 vectorises a loop only where all arrays are reached
 * by the same index, but for a constant. Its loops are short, so that their beginnings and ends, an element at a time, count: four rows of the
 * tile take two terms together, which makes 23 GFLOP/s of 13 with a row and four terms. (Two rows with four terms are as quick on JDK 17, but
 * not on 25; more together is not vectorised at all.)
 */
final class ScalarTile {
    static final int COLUMNS = 128;
    /** The most rows of a tile. */
    static final int ROWS = 8;
    /** Terms of a sum that are brought together. */
    static final int TERMS = 4;

    private static final int TOGETHER = 4;

    private final float[] factors = new float[TERMS * COLUMNS];
    private final float[][] sums = new float[ROWS][COLUMNS];

    void load(int rows, int width, float[] c, int cAt, int cStride) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(c, cAt + i * cStride, sums[i], 0, width);
        }
    }

    void store(int rows, int width, float[] c, int cAt, int cStride) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(sums[i], 0, c, cAt + i * cStride, width);
        }
    }

    /** Takes rows that lie one behind the other; zeros where there are fewer than {@link #TERMS}. */
    void take(float[] b, int bAt, int terms) {
        System.arraycopy(b, bAt, factors, 0, terms * COLUMNS);
        Arrays.fill(factors, terms * COLUMNS, TERMS * COLUMNS, 0f);
    }

    /** Takes rows that lie anywhere. */
    void take(float[] b, int bAt, int[] bRows, int bFirst, int terms) {
        for (int term = 0; term < terms; term++) {
            System.arraycopy(b, bAt + bRows[bFirst + term], factors, term * COLUMNS, COLUMNS);
        }
        Arrays.fill(factors, terms * COLUMNS, TERMS * COLUMNS, 0f);
    }

    /** Adds what was taken times elements of A that lie one behind the other in their rows. */
    void add(int rows, int width, float[] a, int aAt, int[] aRows, int aFirst, int terms) {
        int i = 0;
        for (; terms == TERMS && i <= rows - TOGETHER; i += TOGETHER) {
            int p = aAt + aRows[aFirst + i];
            int q = aAt + aRows[aFirst + i + 1];
            int r = aAt + aRows[aFirst + i + 2];
            int s = aAt + aRows[aFirst + i + 3];
            float[] c = sums[i];
            float[] d = sums[i + 1];
            float[] e = sums[i + 2];
            float[] f = sums[i + 3];
            addFirst(a[p], a[p + 1], a[q], a[q + 1], a[r], a[r + 1], a[s], a[s + 1], factors, c, d, e, f, width);
            addLast(
                    a[p + 2], a[p + 3], a[q + 2], a[q + 3], a[r + 2], a[r + 3], a[s + 2], a[s + 3], factors, c, d, e, f,
                    width);
        }
        for (; i < rows; i++) {
            int p = aAt + aRows[aFirst + i];
            float a1 = terms > 1 ? a[p + 1] : 0;
            float a2 = terms > 2 ? a[p + 2] : 0;
            float a3 = terms > 3 ? a[p + 3] : 0;
            addFour(a[p], a1, a2, a3, factors, sums[i], width);
        }
    }

    /** The same with elements that lie anywhere behind the beginning of their rows. */
    void add(int rows, float[] a, int aAt, int[] aRows, int aFirst, int[] places, int placeFirst, int terms) {
        int t0 = places[placeFirst];
        int t1 = terms > 1 ? places[placeFirst + 1] : t0;
        int t2 = terms > 2 ? places[placeFirst + 2] : t0;
        int t3 = terms > 3 ? places[placeFirst + 3] : t0;
        int i = 0;
        for (; terms == TERMS && i <= rows - TOGETHER; i += TOGETHER) {
            int p = aAt + aRows[aFirst + i];
            int q = aAt + aRows[aFirst + i + 1];
            int r = aAt + aRows[aFirst + i + 2];
            int s = aAt + aRows[aFirst + i + 3];
            float[] c = sums[i];
            float[] d = sums[i + 1];
            float[] e = sums[i + 2];
            float[] f = sums[i + 3];
            addFirst(
                    a[p + t0], a[p + t1], a[q + t0], a[q + t1], a[r + t0], a[r + t1], a[s + t0], a[s + t1], factors, c,
                    d, e, f, COLUMNS);
            addLast(
                    a[p + t2], a[p + t3], a[q + t2], a[q + t3], a[r + t2], a[r + t3], a[s + t2], a[s + t3], factors, c,
                    d, e, f, COLUMNS);
        }
        for (; i < rows; i++) {
            int p = aAt + aRows[aFirst + i];
            float a1 = terms > 1 ? a[p + t1] : 0;
            float a2 = terms > 2 ? a[p + t2] : 0;
            float a3 = terms > 3 ? a[p + t3] : 0;
            addFour(a[p + t0], a1, a2, a3, factors, sums[i], COLUMNS);
        }
    }

    private static void addFirst(
            float c0,
            float c1,
            float d0,
            float d1,
            float e0,
            float e1,
            float f0,
            float f1,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float[] f,
            int width) {
        int end = Math.min(width, COLUMNS);
        for (int j = 0; j < end; j++) {
            float b0 = b[j];
            float b1 = b[j + COLUMNS];
            c[j] = c[j] + c0 * b0 + c1 * b1;
            d[j] = d[j] + d0 * b0 + d1 * b1;
            e[j] = e[j] + e0 * b0 + e1 * b1;
            f[j] = f[j] + f0 * b0 + f1 * b1;
        }
    }

    private static void addLast(
            float c0,
            float c1,
            float d0,
            float d1,
            float e0,
            float e1,
            float f0,
            float f1,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float[] f,
            int width) {
        int end = Math.min(width, COLUMNS);
        for (int j = 0; j < end; j++) {
            float b0 = b[j + 2 * COLUMNS];
            float b1 = b[j + 3 * COLUMNS];
            c[j] = c[j] + c0 * b0 + c1 * b1;
            d[j] = d[j] + d0 * b0 + d1 * b1;
            e[j] = e[j] + e0 * b0 + e1 * b1;
            f[j] = f[j] + f0 * b0 + f1 * b1;
        }
    }

    private static void addFour(float a0, float a1, float a2, float a3, float[] b, float[] c, int width) {
        int end = Math.min(width, COLUMNS);
        for (int j = 0; j < end; j++) {
            c[j] = c[j] + a0 * b[j] + a1 * b[j + COLUMNS] + a2 * b[j + 2 * COLUMNS] + a3 * b[j + 3 * COLUMNS];
        }
    }
}
