package dev.fovea.runtime.simd;

/** Plain loops; the one over the columns of a tile is what C2 vectorises, see {@link ScalarTile}. */
final class ScalarMatrixSimd implements MatrixSimd {
    /** The one row of a matrix that has no more. */
    private static final int[] FIRST = {0};

    static final int PIECE = 8;

    private static final int COLUMNS = ScalarTile.COLUMNS;

    private final ThreadLocal<ScalarTile> tiles = ThreadLocal.withInitial(ScalarTile::new);
    private final ThreadLocal<ScalarDots> dots = ThreadLocal.withInitial(ScalarDots::new);

    @Override
    public int tileRows() {
        return ScalarTile.ROWS;
    }

    @Override
    public int laneTileRows() {
        return ScalarDots.ROWS;
    }

    @Override
    public int laneTileColumns() {
        return ScalarDots.COLUMNS;
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
        multiplyUsed(rows, COLUMNS, a, aAt, aRows, aFirst, b, bAt, depth, c, cAt, cStride);
    }

    @Override
    public void multiplyUsed(
            int rows,
            int used,
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
        int width = Math.min(used, COLUMNS);
        ScalarTile tile = tiles.get();
        tile.load(rows, width, c, cAt, cStride);
        for (int k = 0; k < depth; k += ScalarTile.TERMS) {
            int terms = Math.min(ScalarTile.TERMS, depth - k);
            tile.take(b, bAt + k * COLUMNS, terms);
            tile.add(rows, width, a, aAt + k, aRows, aFirst, terms);
        }
        tile.store(rows, width, c, cAt, cStride);
    }

    @Override
    public void multiplyScattered(
            int rows,
            float[] a,
            int aAt,
            int[] aRows,
            int aFirst,
            int[] terms,
            int termFirst,
            float[] b,
            int bAt,
            int depth,
            float[] c,
            int cAt,
            int cStride) {
        ScalarTile tile = tiles.get();
        for (int first = 0; first < rows; first += ScalarTile.ROWS) {
            int count = Math.min(ScalarTile.ROWS, rows - first);
            int to = cAt + first * cStride;
            tile.load(count, COLUMNS, c, to, cStride);
            for (int k = 0; k < depth; k += ScalarTile.TERMS) {
                int together = Math.min(ScalarTile.TERMS, depth - k);
                tile.take(b, bAt + k * COLUMNS, together);
                tile.add(count, a, aAt, aRows, aFirst + first, terms, termFirst + k, together);
            }
            tile.store(count, COLUMNS, c, to, cStride);
        }
    }

    @Override
    public void multiplyGathered(
            int rows,
            int tiles,
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
        for (int tile = 0; tile < tiles; tile++) {
            int at = tile * COLUMNS;
            multiplyGathered(rows, a, aAt, aRows, aFirst, b, bAt + at, bRows, bFirst, depth, c, cAt + at, cStride);
        }
    }

    private void multiplyGathered(
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
        ScalarTile tile = tiles.get();
        tile.load(rows, COLUMNS, c, cAt, cStride);
        for (int k = 0; k < depth; k += ScalarTile.TERMS) {
            int terms = Math.min(ScalarTile.TERMS, depth - k);
            tile.take(b, bAt, bRows, bFirst + k, terms);
            tile.add(rows, COLUMNS, a, aAt + k, aRows, aFirst, terms);
        }
        tile.store(rows, COLUMNS, c, cAt, cStride);
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
        multiplyGathered(1, length / COLUMNS, a, aAt, FIRST, 0, b, bAt, bRows, bFirst, depth, c, cAt, 0);
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
        int done = length < ScalarDots.LONG
                ? 0
                : dots.get().add(rows, columns, a, aAt, aRows, aFirst, b, bAt, bRows, bFirst, length, c, cAt, cStride);
        if (done < length) {
            ScalarShortDots.add(
                    rows,
                    columns,
                    a,
                    aAt + done,
                    aRows,
                    aFirst,
                    b,
                    bAt + done,
                    bRows,
                    bFirst,
                    length - done,
                    c,
                    cAt,
                    cStride);
        }
    }

    @Override
    public void addDotProducts(
            float[] a, int aAt, float[] b, int bAt, int bStride, int count, int length, float[] y, int yAt) {
        for (int j = 0; j < count; j++) {
            y[yAt + j] += dot(a, aAt, b, bAt + j * bStride, length);
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

    @Override
    public void copySecondPieces(
            float[] source,
            int[] rows,
            int rowFirst,
            int rowCount,
            int[] pieces,
            int pieceCount,
            float[] target,
            int targetAt,
            int targetStride) {
        for (int r = 0; r < rowCount; r++) {
            int from = rows[rowFirst + r];
            int to = targetAt + r * targetStride;
            for (int p = 0; p < 2 * pieceCount; p += 2) {
                for (int i = 0; i < PIECE; i++) {
                    target[to + pieces[p + 1] + i] = source[from + pieces[p] + 2 * i];
                }
            }
        }
    }

    private static void copyPiece(float[] source, int from, float[] target, int to) {
        for (int i = 0; i < PIECE; i++) {
            target[to + i] = source[from + i];
        }
    }
}
