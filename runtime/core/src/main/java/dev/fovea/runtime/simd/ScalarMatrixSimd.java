package dev.fovea.runtime.simd;

/** Plain loops; the one over the columns of a tile is what C2 vectorises. Four terms a pass, since it stores C each time. */
final class ScalarMatrixSimd implements MatrixSimd {
    /** The one row of a matrix that has no more. */
    private static final int[] FIRST = {0};

    private static final int COLUMNS = 64;
    private static final int PIECE = 8;

    @Override
    public int tileRows() {
        return 6;
    }

    @Override
    public int laneTileColumns() {
        return 4;
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public int piece() {
        return PIECE;
    }

    @Override
    public void multiply(
            int rows,
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int depth,
            float[] c,
            int cAt,
            int cStride) {
        for (int i = 0; i < rows; i++) {
            int from = aAt + aRows[aFirst + i];
            int to = cAt + i * cStride;
            int k = 0;
            for (; k <= depth - 4; k += 4) {
                int at = bAt + k * COLUMNS;
                addFour(a, from + k, b, at, at + COLUMNS, at + 2 * COLUMNS, at + 3 * COLUMNS, c, to);
            }
            for (; k < depth; k++) {
                addOne(a[from + k], b, bAt + k * COLUMNS, c, to);
            }
        }
    }

    @Override
    public void multiplyGathered(
            int rows,
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            float[] b,
            int bAt,
            int[] bRows,
            int bFirst,
            int depth,
            float[] c,
            int cAt,
            int cStride) {
        for (int i = 0; i < rows; i++) {
            int from = aAt + aRows[aFirst + i];
            int to = cAt + i * cStride;
            int k = 0;
            for (; k <= depth - 4; k += 4) {
                int row = bFirst + k;
                addFour(
                        a,
                        from + k,
                        b,
                        bAt + bRows[row],
                        bAt + bRows[row + 1],
                        bAt + bRows[row + 2],
                        bAt + bRows[row + 3],
                        c,
                        to);
            }
            for (; k < depth; k++) {
                addOne(a[from + k], b, bAt + bRows[bFirst + k], c, to);
            }
        }
    }

    private static void addFour(float[] a, int aAt, float[] b, int b0, int b1, int b2, int b3, float[] c, int cAt) {
        float a0 = a[aAt];
        float a1 = a[aAt + 1];
        float a2 = a[aAt + 2];
        float a3 = a[aAt + 3];
        for (int j = 0; j < COLUMNS; j++) {
            c[cAt + j] = c[cAt + j] + a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
        }
    }

    private static void addOne(float a, float[] b, int bAt, float[] c, int cAt) {
        for (int j = 0; j < COLUMNS; j++) {
            c[cAt + j] += a * b[bAt + j];
        }
    }

    @Override
    public void multiplyRow(
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
        for (int j = 0; j < length; j += columns()) {
            multiplyGathered(1, a, aAt, FIRST, 0, b, bAt + j, bRows, bFirst, depth, c, cAt + j, 0);
        }
    }

    @Override
    public void addLaneProducts(
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
        for (int i = 0; i < rows; i++) {
            int row = aAt + aRows[aFirst + i];
            for (int j = 0; j < columns; j++) {
                c[cAt + i * cStride + j] += dot(a, row, b, bAt + bRows[bFirst + j], length);
            }
        }
    }

    private static float dot(float[] a, int aAt, float[] b, int bAt, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int k = 0;
        for (; k <= length - 4; k += 4) {
            s0 += a[aAt + k] * b[bAt + k];
            s1 += a[aAt + k + 1] * b[bAt + k + 1];
            s2 += a[aAt + k + 2] * b[bAt + k + 2];
            s3 += a[aAt + k + 3] * b[bAt + k + 3];
        }
        for (; k < length; k++) {
            s0 += a[aAt + k] * b[bAt + k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public void copyPieces(
            float[] source,
            int sourceAt,
            int[] rows,
            int rowFirst,
            int rowCount,
            int[] pieces,
            int pieceFirst,
            int pieceCount,
            float[] target,
            int targetAt,
            int targetStride) {
        int pieceEnd = 2 * (pieceFirst + pieceCount);
        for (int r = 0; r < rowCount; r++) {
            int from = sourceAt + rows[rowFirst + r];
            int to = targetAt + r * targetStride;
            for (int p = 2 * pieceFirst; p < pieceEnd; p += 2) {
                copyPiece(source, from + pieces[p], target, to + pieces[p + 1]);
            }
        }
    }

    private static void copyPiece(float[] source, int from, float[] target, int to) {
        for (int i = 0; i < PIECE; i++) {
            target[to + i] = source[from + i];
        }
    }
}
