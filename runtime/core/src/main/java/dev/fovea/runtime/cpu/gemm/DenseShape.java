package dev.fovea.runtime.cpu.gemm;

/**
 * The extents of a dense layer.
 *
 * @param capacity the largest batch
 */
record DenseShape(int inputs, int units, int capacity) {
    /** Multiply-adds worth handing out as a tile. */
    private static final long WORTH_A_TILE = 1 << 18;

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
}
