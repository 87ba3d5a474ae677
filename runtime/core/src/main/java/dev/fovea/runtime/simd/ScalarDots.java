package dev.fovea.runtime.simd;

import java.util.Arrays;

/**
 * Scalar products of long rows in plain loops. C2 adds in the order that is written, so the loop over a chunk of both rows has as many sums
 * as the chunk has columns, {@link #WIDTH}; and it vectorises a loop only where all arrays are reached by the same index, but for a
 * constant, so rows are copied to the beginning of arrays of their own. A copy serves all products of a tile.
 */
final class ScalarDots {
    /** Shorter rows do not pay for clearing the sums and adding them up. */
    static final int LONG = 1024;

    /** Rows of the other side that share a copy. */
    static final int COLUMNS = 8;

    private static final int WIDTH = 128;
    /** Terms of a sum in one pass over the sums. */
    private static final int TERMS = 4;

    private static final int CHUNK = TERMS * WIDTH;

    private final float[][] left = new float[MatrixSimd.LANE_TILE_ROWS][CHUNK];
    private final float[] right = new float[CHUNK];
    private final float[][] sums = new float[MatrixSimd.LANE_TILE_ROWS * COLUMNS][WIDTH];

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
        for (int pair = 0; pair < rows * columns; pair++) {
            Arrays.fill(sums[pair], 0f);
        }
        int k = 0;
        for (; k <= length - CHUNK; k += CHUNK) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(a, aAt + aRows[aFirst + i] + k, left[i], 0, CHUNK);
            }
            for (int j = 0; j < columns; j++) {
                System.arraycopy(b, bAt + bRows[bFirst + j] + k, right, 0, CHUNK);
                for (int i = 0; i < rows; i++) {
                    addProducts(left[i], right, sums[i * columns + j]);
                }
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                c[cAt + i * cStride + j] += total(sums[i * columns + j]);
            }
        }
        return k;
    }

    private static void addProducts(float[] a, float[] b, float[] sums) {
        for (int j = 0; j < WIDTH; j++) {
            sums[j] = sums[j]
                    + a[j] * b[j]
                    + a[j + WIDTH] * b[j + WIDTH]
                    + a[j + 2 * WIDTH] * b[j + 2 * WIDTH]
                    + a[j + 3 * WIDTH] * b[j + 3 * WIDTH];
        }
    }

    /** By halves, so that errors grow with the logarithm of the number of sums. */
    private static float total(float[] sums) {
        for (int half = WIDTH / 2; half > 0; half /= 2) {
            for (int j = 0; j < half; j++) {
                sums[j] += sums[j + half];
            }
        }
        return sums[0];
    }
}
