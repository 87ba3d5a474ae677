package dev.fovea.runtime.cpu.gemm;

/**
 * The extents of a dense layer.
 *
 * @param capacity the largest batch
 */
record DenseShape(int inputs, int units, int capacity) {
    /** Multiply-adds worth handing out as a tile. */
    private static final long WORTH_A_TILE = 1 << 18;
    /** Tiles to aim at, so that several threads are busy to the end. */
    private static final int ENOUGH_TILES = 16;
    /** So many times as long as worth handing out is a tile whose rows come from memory. */
    private static final int LONGER_STREAMS = 4;
    /** Floats of a row that make memory stream: half a page. */
    private static final int LONG_PIECE = 512;

    /**
     * So many rows or columns of a product that a tile is worth handing out.
     *
     * @param cost multiply-adds of one row or column
     * @param step what the number is a multiple of
     * @param most the largest number
     */
    static int tile(long cost, int step, int most) {
        long wanted = WORTH_A_TILE / Math.max(1, cost);
        return (int) Math.max(step, Math.min(wanted, most) / step * step);
    }

    /**
     * So many columns of a matrix that a tile is worth handing out and reads or writes long pieces of the rows, as far as there are
     * tiles enough.
     *
     * @param cost multiply-adds of one column
     * @param width what the number is a multiple of
     */
    int columnsOfTile(long cost, int width) {
        int shared = Math.min(LONG_PIECE, inputs / ENOUGH_TILES) / width * width;
        return Math.max(shared, tile(cost, width, 8 * width));
    }

    /**
     * So many rows of a matrix that is read from end to end that there are tiles enough for several threads.
     *
     * @param step what the number is a multiple of
     */
    int streamedUnits(int step) {
        return Math.max(step, units / ENOUGH_TILES / step * step);
    }

    /**
     * So many rows of a matrix that a tile is worth handing out and, as far as there are tiles enough, reads memory as few long streams
     * rather than as many short ones.
     *
     * @param step what the number is a multiple of
     */
    int unitsOfTile(int step) {
        return Math.max(
                tile(inputs, step, Integer.MAX_VALUE),
                tile(Math.max(1, inputs / LONGER_STREAMS), step, units / ENOUGH_TILES));
    }
}
