package dev.fovea.runtime.simd;

/** Plain loops; the one over the columns of a tile is what C2 vectorises, see {@link Tile}. Four terms a pass, since it stores C each time. */
final class ScalarMatrixSimd implements MatrixSimd {
    /** The one row of a matrix that has no more. */
    private static final int[] FIRST = {0};

    private static final int COLUMNS = 64;
    static final int PIECE = 8;
    /** Terms of a pass over the columns. */
    private static final int TERMS = 4;

    private final ThreadLocal<Tile> tiles = ThreadLocal.withInitial(Tile::new);
    private final ThreadLocal<ScalarDots> dots = ThreadLocal.withInitial(ScalarDots::new);

    @Override
    public int tileRows() {
        return 6;
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
        Tile tile = tiles.get();
        tile.load(rows, c, cAt, cStride);
        for (int k = 0; k < depth; k += TERMS) {
            int terms = Math.min(TERMS, depth - k);
            System.arraycopy(b, bAt + k * COLUMNS, tile.factors, 0, terms * COLUMNS);
            tile.add(rows, a, aAt, aRows, aFirst, k, terms);
        }
        tile.store(rows, c, cAt, cStride);
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
        Tile tile = tiles.get();
        for (int first = 0; first < rows; first += GATHERED_TILE_ROWS) {
            int count = Math.min(GATHERED_TILE_ROWS, rows - first);
            int to = cAt + first * cStride;
            tile.load(count, c, to, cStride);
            for (int k = 0; k < depth; k += TERMS) {
                int together = Math.min(TERMS, depth - k);
                System.arraycopy(b, bAt + k * COLUMNS, tile.factors, 0, together * COLUMNS);
                tile.addScattered(count, a, aAt, aRows, aFirst + first, terms, termFirst + k, together);
            }
            tile.store(count, c, to, cStride);
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
        Tile tile = tiles.get();
        tile.load(rows, c, cAt, cStride);
        for (int k = 0; k < depth; k += TERMS) {
            int terms = Math.min(TERMS, depth - k);
            for (int term = 0; term < terms; term++) {
                System.arraycopy(b, bAt + bRows[bFirst + k + term], tile.factors, term * COLUMNS, COLUMNS);
            }
            tile.add(rows, a, aAt, aRows, aFirst, k, terms);
        }
        tile.store(rows, c, cAt, cStride);
    }

    /**
     * A tile and the rows that it is multiplied with, each from the beginning of an array: C2 vectorises a loop only where all arrays
     * are reached by the same index, but for a constant.
     */
    private static final class Tile {
        private final float[] factors = new float[TERMS * COLUMNS];
        private final float[][] sums = new float[GATHERED_TILE_ROWS][COLUMNS];

        void load(int rows, float[] c, int cAt, int cStride) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(c, cAt + i * cStride, sums[i], 0, COLUMNS);
            }
        }

        void add(int rows, float[] a, int aAt, int[] aRows, int aFirst, int k, int terms) {
            for (int i = 0; i < rows; i++) {
                int from = aAt + aRows[aFirst + i] + k;
                if (terms == TERMS) {
                    addFour(a[from], a[from + 1], a[from + 2], a[from + 3], factors, sums[i]);
                } else {
                    for (int term = 0; term < terms; term++) {
                        addOne(a[from + term], factors, term * COLUMNS, sums[i]);
                    }
                }
            }
        }

        void addScattered(
                int rows, float[] a, int aAt, int[] aRows, int aFirst, int[] places, int placeFirst, int terms) {
            for (int i = 0; i < rows; i++) {
                int from = aAt + aRows[aFirst + i];
                if (terms == TERMS) {
                    addFour(
                            a[from + places[placeFirst]],
                            a[from + places[placeFirst + 1]],
                            a[from + places[placeFirst + 2]],
                            a[from + places[placeFirst + 3]],
                            factors,
                            sums[i]);
                } else {
                    for (int term = 0; term < terms; term++) {
                        addOne(a[from + places[placeFirst + term]], factors, term * COLUMNS, sums[i]);
                    }
                }
            }
        }

        void store(int rows, float[] c, int cAt, int cStride) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(sums[i], 0, c, cAt + i * cStride, COLUMNS);
            }
        }
    }

    private static void addFour(float a0, float a1, float a2, float a3, float[] b, float[] c) {
        for (int j = 0; j < COLUMNS; j++) {
            c[j] = c[j] + a0 * b[j] + a1 * b[j + COLUMNS] + a2 * b[j + 2 * COLUMNS] + a3 * b[j + 3 * COLUMNS];
        }
    }

    private static void addOne(float a, float[] b, int bAt, float[] c) {
        for (int j = 0; j < COLUMNS; j++) {
            c[j] += a * b[bAt + j];
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
        for (int i = 0; i < rows; i++) {
            int row = aAt + aRows[aFirst + i] + done;
            for (int j = 0; j < columns; j++) {
                c[cAt + i * cStride + j] += dot(a, row, b, bAt + bRows[bFirst + j] + done, length - done);
            }
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

    private static void copyPiece(float[] source, int from, float[] target, int to) {
        for (int i = 0; i < PIECE; i++) {
            target[to + i] = source[from + i];
        }
    }
}
