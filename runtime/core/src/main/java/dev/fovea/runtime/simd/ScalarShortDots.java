package dev.fovea.runtime.simd;

/**
 * Scalar products of rows too short for {@link ScalarDots}: two rows with four at a time, an element a step, which makes 7 GFLOP/s where one
 * row with one, in four chains, makes 5. Each sum is one chain, so that it does not depend on what it is taken with.
 */
final class ScalarShortDots {
    private static final int COLUMNS = 4;

    private ScalarShortDots() {}

    /** {@link MatrixSimd#addLaneProducts}. */
    static void add(
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
        for (int i = 0; i < rows; i += 2) {
            // Where there is no more, the last row is taken again, and what comes of it dropped.
            int row = aAt + aRows[aFirst + i];
            int below = i + 1 < rows ? aAt + aRows[aFirst + i + 1] : row;
            for (int j = 0; j < columns; j += COLUMNS) {
                int last = bFirst + columns - 1;
                int b0 = bAt + bRows[bFirst + j];
                int b1 = bAt + bRows[Math.min(bFirst + j + 1, last)];
                int b2 = bAt + bRows[Math.min(bFirst + j + 2, last)];
                int b3 = bAt + bRows[Math.min(bFirst + j + 3, last)];
                int to = cAt + i * cStride + j;
                addEight(
                        a,
                        row,
                        below,
                        b,
                        b0,
                        b1,
                        b2,
                        b3,
                        length,
                        c,
                        to,
                        Math.min(COLUMNS, columns - j),
                        to + cStride,
                        i + 1 < rows);
            }
        }
    }

    private static void addEight(
            float[] a,
            int row,
            int below,
            float[] b,
            int b0,
            int b1,
            int b2,
            int b3,
            int length,
            float[] c,
            int to,
            int columns,
            int toBelow,
            boolean two) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float t0 = 0;
        float t1 = 0;
        float t2 = 0;
        float t3 = 0;
        for (int k = 0; k < length; k++) {
            float x = a[row + k];
            float y = a[below + k];
            float f0 = b[b0 + k];
            float f1 = b[b1 + k];
            float f2 = b[b2 + k];
            float f3 = b[b3 + k];
            s0 += x * f0;
            s1 += x * f1;
            s2 += x * f2;
            s3 += x * f3;
            t0 += y * f0;
            t1 += y * f1;
            t2 += y * f2;
            t3 += y * f3;
        }
        put(s0, s1, s2, s3, c, to, columns);
        if (two) {
            put(t0, t1, t2, t3, c, toBelow, columns);
        }
    }

    private static void put(float s0, float s1, float s2, float s3, float[] c, int to, int columns) {
        c[to] += s0;
        if (columns > 1) {
            c[to + 1] += s1;
        }
        if (columns > 2) {
            c[to + 2] += s2;
        }
        if (columns > 3) {
            c[to + 3] += s3;
        }
    }
}
