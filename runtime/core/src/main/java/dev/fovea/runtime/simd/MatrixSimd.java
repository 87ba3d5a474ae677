package dev.fovea.runtime.simd;

/**
 * The inner loops of matrix products. A <i>tile</i> is a few rows of a product, {@link #columns} wide, that stays in
 * registers while its sum is taken. Rows of a matrix are found through a table of offsets, so that they may be the rows of
 * a weight, or shifted views of one padded image.
 */
public interface MatrixSimd {
    /** The most rows of a tile of {@link #multiplyGathered}, whose loop waits for addresses rather than for registers. */
    int GATHERED_TILE_ROWS = 6;

    /**
     * At this distance rows of a first factor, in one array with the second, are multiplied the quickest: it is a constant, so that several rows
     * are read through one address. No power of two and an odd number of cache lines, so that neighbours of a column lie in different places
     * of a cache; more than the terms of a block.
     */
    int ROW_DISTANCE = 304;

    /** The most rows of a tile of {@link #multiply}: as many as the machine's registers hold, two a row, with some for the factors. */
    int tileRows();

    /**
     * The most rows of a tile of {@link #multiplyUsed} of which one register of columns is used, of rows {@link #ROW_DISTANCE} apart in the
     * array of B.
     */
    default int narrowTileRows() {
        return tileRows();
    }

    /** Rows of the largest tile of {@link #addLaneProducts}. */
    int laneTileRows();

    /** Columns of the largest tile of {@link #addLaneProducts}. */
    int laneTileColumns();

    /** The columns of a tile and of a panel: two registers. */
    int columns();

    /** Floats in a register, 1 for plain loops: lengths of {@link #addLaneProducts} are multiples of it. */
    int lanes();

    /** The longest piece of {@link #copyPieces}, in floats. */
    int piece();

    /**
     * {@code C = C + A·B} for a tile: {@code c[i][j] += Σ_k a[i][k]·b[k][j]}, k ascending.
     *
     * @param rows of the tile, 1 to {@link #tileRows}
     * @param aRows where the rows of A begin after {@code aAt}, from entry {@code aFirst} on; the quickest are those
     *     {@link #ROW_DISTANCE} apart in the array of B
     * @param bAt where the panel begins: {@link #columns} floats for each k, without gaps
     * @param depth how many k there are
     * @param cStride from one row of C to the next
     */
    void multiply(
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
            int cStride);

    /**
     * {@link #multiply} of a panel of which the first {@code used} columns alone count. The others need not be computed; where they are,
     * C has room for them.
     */
    default void multiplyUsed(
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
        multiply(rows, a, aAt, aRows, aFirst, b, bAt, depth, c, cAt, cStride);
    }

    /** Whether there is {@link #multiplyTurned}: where there is not, a first factor is turned around before it is multiplied. */
    default boolean multipliesTurned() {
        return false;
    }

    /** Whether the first factor of {@link #multiplyTurned} may lie in an array of its own: then a weight may be kept so. */
    default boolean multipliesTurnedApart() {
        return false;
    }

    /** Rows of the first factor that {@link #multiplyTurned} finds side by side for each k: a whole number of tiles of each height. */
    default int turnedRows() {
        return 8;
    }

    /** The rows of a tile of {@link #multiplyTurned}. */
    default int turnedTileRows() {
        return 4;
    }

    /** The same where one register of columns is used. */
    default int turnedNarrowTileRows() {
        return 8;
    }

    /**
     * {@link #multiply} of rows of A that lie turned around: {@code c[i][j] += Σ_k a[turnedRows·k + i]·b[k][j]}, k ascending.
     *
     * @param rows {@link #turnedTileRows}, of whole panels, or {@link #turnedNarrowTileRows} of which one register counts
     * @param a is {@code work}, but where {@link #multipliesTurnedApart}
     * @param work has B and C
     */
    default void multiplyTurned(int rows, float[] a, int aAt, float[] work, int bAt, int depth, int cAt, int cStride) {
        throw new IllegalStateException("the first factor is to be turned around");
    }

    /** The columns of {@link #multiplyColumns}; 0 where there is no such loop. */
    default int turnedColumns() {
        return 0;
    }

    /**
     * {@link #multiplyTurned} of a few columns of a panel, {@link #turnedColumns}, with C by columns: {@code c[j][i] += Σ_k
     * a[turnedRows·k + i]·b[k][j]}, k ascending, so that the bits are those of the other tiles.
     *
     * @param groups of {@link #turnedRows}, 1 or 2, each {@code aStride} behind the one before
     * @param work has B and, {@code [columns, rows of all groups]}, C
     * @param bAt the first of the columns in the panel's first row; all are within the panel
     */
    default void multiplyColumns(
            int groups, float[] a, int aAt, int aStride, float[] work, int bAt, int depth, int cAt) {
        throw new IllegalStateException("the first factor is to be turned around");
    }

    /**
     * {@link #multiply} with the elements of A's rows anywhere: {@code c[i][j] += Σ_k a_i[t_k]·b[k][j]}, k ascending. The rows may
     * be pixels of an image and the terms what a window reads around each.
     *
     * @param rows any number
     * @param aRows where the rows of A begin after {@code aAt}, from entry {@code aFirst} on
     * @param terms how far behind the beginning of its row each element lies, from entry {@code termFirst} on
     */
    void multiplyScattered(
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
            int cStride);

    /**
     * {@link #multiply} with the rows of B not in a panel but anywhere, for several tiles side by side.
     *
     * @param rows of the tiles, 1 to {@link #GATHERED_TILE_ROWS}
     * @param tiles how many there are, each {@link #columns} wide
     * @param bRows where the rows of B begin after {@code bAt}, from entry {@code bFirst} on
     */
    void multiplyGathered(
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
            int cStride);

    /**
     * {@link #multiplyGathered} of one row with many columns: {@code c[j] += Σ_k a[k]·b_k[j]}, k ascending.
     *
     * @param bRows where the rows of B begin after {@code bAt}, from entry {@code bFirst} on
     * @param length how many columns, a multiple of {@link #columns}
     */
    void multiplyRow(
            float[] a, int aAt, float[] b, int bAt, int[] bRows, int bFirst, int depth, float[] c, int cAt, int length);

    /**
     * {@code c[i][j] += a[i]·b[j]} for two short lists of rows, with the sums over every {@link #lanes}-th element kept
     * apart: {@code c} has {@link #lanes} floats for each i and j.
     *
     * @param rows of A, 1 to {@link #laneTileRows}
     * @param columns of C, that is rows of B, 1 to {@link #laneTileColumns}
     * @param length of the rows, a multiple of {@link #lanes}
     * @param cStride from one row of C to the next, in floats
     */
    void addLaneProducts(
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
            int cStride);

    /**
     * {@code y[j] += Σ_k a[k]·b_j[k]}: a matrix times a vector, read once and row by row.
     *
     * @param bStride from one row of B to the next
     * @param count how many rows
     * @param length of the rows, any
     */
    void addDotProducts(float[] a, int aAt, float[] b, int bAt, int bStride, int count, int length, float[] y, int yAt);

    /**
     * Copies the same pieces of several rows: {@code target[r·stride + to + i] = source[row_r + from + i]}. A piece is at
     * most {@link #piece} long, and always as much is read and written, so that the next piece, which must lie behind it,
     * writes over the excess; behind the last there must be room in {@code source} and {@code target}.
     *
     * @param rows where the rows begin in {@code source}, after {@code sourceAt}, from entry {@code rowFirst} on
     * @param pieces pairs of {@code from} and {@code to}
     * @param pieceFirst the first pair to copy
     * @param pieceCount how many pairs
     */
    void copyPieces(
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
            int targetStride);

    /**
     * {@link #copyPieces} of every second element: {@code target[r·stride + to + i] = source[row_r + from + 2·i]}, where a piece of so many is
     * read from twice as many.
     *
     * @param pieces pairs of {@code from} and {@code to}, the first of which are copied
     */
    void copySecondPieces(
            float[] source,
            int[] rows,
            int rowFirst,
            int rowCount,
            int[] pieces,
            int pieceCount,
            float[] target,
            int targetAt,
            int targetStride);
}
