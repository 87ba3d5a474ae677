package dev.fovea.vector;

/** How many pixels side by side are multiplied together: a row is cut into the tiles of {@link BlockTiles} that take the least time. */
final class PixelRuns {
    /** Pixels of a tile, and what a term of its sums takes: cycles on a Sapphire Rapids, where a term costs about three beside the multiply-adds (decision 34). */
    private static final int[] SIZES = {14, 8, 7, 4, 2, 1};

    private static final double[] COSTS = {17.5, 11, 9.8, 7.1, 5.1, 4.1};

    private static final int TALL = SIZES[0];
    /** Longer rows begin with the tallest tile. */
    private static final int LONG = 2 * TALL;

    private static final int[] FIRST = new int[LONG + 1];
    private static final double[] COST = new double[LONG + 1];

    static {
        for (int pixels = 1; pixels <= LONG; pixels++) {
            COST[pixels] = Double.MAX_VALUE;
            for (int i = 0; i < SIZES.length; i++) {
                double cost = SIZES[i] <= pixels ? COSTS[i] + COST[pixels - SIZES[i]] : Double.MAX_VALUE;
                if (cost < COST[pixels]) {
                    COST[pixels] = cost;
                    FIRST[pixels] = SIZES[i];
                }
            }
        }
    }

    private PixelRuns() {}

    /** How many pixels to begin with when so many are left, at least one. */
    static int first(int pixels) {
        return pixels > LONG ? TALL : FIRST[pixels];
    }

    /** The number of pixels, at least so many, that takes the least time. */
    static int padded(int pixels) {
        int whole = pixels <= LONG ? 0 : (pixels - TALL) / TALL * TALL;
        int best = pixels - whole;
        for (int i = best + 1; i <= LONG && i < pixels - whole + TALL; i++) {
            if (COST[i] < COST[best]) {
                best = i;
            }
        }
        return whole + best;
    }
}
