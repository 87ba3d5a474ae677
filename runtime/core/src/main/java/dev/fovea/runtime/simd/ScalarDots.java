package dev.fovea.runtime.simd;

import java.util.Arrays;

/**
 * Scalar products of long rows in plain loops. C2 adds in the order that is written, so the loop over a chunk of both rows has as many sums
 * as the chunk has columns, {@link #WIDTH} or half of them; and it vectorises a loop only where all arrays are reached by the same index, but
 * for a constant, so rows are copied to the beginning of arrays of their own. A copy serves all products of a tile.
 */
final class ScalarDots {
    /** Shorter rows do not pay for clearing the sums and adding them up. */
    static final int LONG = 512;

    /** Rows of the one side that share copies of the other's. */
    static final int ROWS = 16;
    /** Rows of the other side. */
    static final int COLUMNS = 16;

    /** The most sums of a product: the longer the loop, the less its beginning and end count, which are no vectors. */
    private static final int WIDTH = 256;
    /** From here on rows pay for adding up so many. */
    private static final int VERY_LONG = 2048;
    /** Terms of a sum in one pass over the sums. */
    private static final int TERMS = 4;

    private final float[][] left = new float[ROWS][TERMS * WIDTH];
    private final float[] right = new float[TERMS * WIDTH];
    private final float[][] sums = new float[ROWS * COLUMNS][WIDTH];

    /** {@link MatrixSimd#addLaneProducts} for the longest part of the rows that is made of whole chunks; returns its length. */
    int add(
            int rows,
            int columns,
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int length,
            float[] c,
            int cAt,
            int cStride) {
        int width = length < VERY_LONG ? WIDTH / 2 : WIDTH;
        int chunk = TERMS * width;
        for (int pair = 0; pair < rows * columns; pair++) {
            Arrays.fill(sums[pair], 0, width, 0f);
        }
        int k = 0;
        for (; k <= length - chunk; k += chunk) {
            for (int i = 0; i < rows; i++) {
                copy(a, aAt + aRows[aFirst + i] + k, left[i], width);
            }
            for (int j = 0; j < columns; j++) {
                copy(b, bAt + bRows[bFirst + j] + k, right, width);
                for (int i = 0; i < rows; i++) {
                    addProducts(left[i], right, sums[i * columns + j], width);
                }
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                c[cAt + i * cStride + j] += total(sums[i * columns + j], width);
            }
        }
        return k;
    }

    /** The terms of all sums one behind the other, {@link #WIDTH} apart. */
    private static void copy(float[] x, int from, float[] y, int width) {
        if (width == WIDTH) {
            System.arraycopy(x, from, y, 0, TERMS * WIDTH);
            return;
        }
        for (int term = 0; term < TERMS; term++) {
            System.arraycopy(x, from + term * width, y, term * WIDTH, width);
        }
    }

    private static void addProducts(float[] a, float[] b, float[] sums, int width) {
        int end = Math.min(width, WIDTH); // C2 makes vectors only where it sees that indices are within bounds
        for (int j = 0; j < end; j++) {
            sums[j] = sums[j]
                    + a[j] * b[j]
                    + a[j + WIDTH] * b[j + WIDTH]
                    + a[j + 2 * WIDTH] * b[j + 2 * WIDTH]
                    + a[j + 3 * WIDTH] * b[j + 3 * WIDTH];
        }
    }

    /** The sum of 128 or 256 sums, in eight chains. */
    private static float total(float[] sums, int width) {
        if (width == WIDTH) {
            for (int j = 0; j < WIDTH / 2; j++) {
                sums[j] += sums[j + WIDTH / 2];
            }
        }
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int j = 0; j < WIDTH / 2; j += 8) {
            s0 += sums[j];
            s1 += sums[j + 1];
            s2 += sums[j + 2];
            s3 += sums[j + 3];
            s4 += sums[j + 4];
            s5 += sums[j + 5];
            s6 += sums[j + 6];
            s7 += sums[j + 7];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}
