package dev.fovea.opencl;

import java.util.ArrayList;
import java.util.List;
import org.jocl.Sizeof;

/**
 * How {@code core_product.cl} cuts a matrix product for the cores of a processor: tiles that stay in a core's cache, of blocks
 * that stay in its registers.
 *
 * @param itemM rows of a register block
 * @param itemN vectors in a row of a register block
 * @param tileM rows of a tile
 * @param tileN columns of a tile
 * @param tileK depth that is copied at a time
 * @param vector floats in a vector
 */
record CoreTiles(int itemM, int itemN, int tileM, int tileN, int tileK, int vector) implements ProductTiles {
    /** What a tile may take of local memory, which is a core's cache: most have a second level of 256 KiB at least. */
    private static final long MOST_BYTES = 320 << 10;

    /** Floats that each row of the right tile is longer than its columns, see the kernel. */
    private static final int PADDING = 16;

    /** Bytes of a run of positions, and what alignment takes at most. */
    private static final int RUN_BYTES = 24;

    private static final int ALIGNMENT_BYTES = 256;

    /** Tiles that each compute unit should have, so that none stands idle for long at the end. */
    private static final int TILES_PER_UNIT = 3;

    /** Vectors of 16 floats come with 32 registers, shorter ones with 16. */
    private static final List<Integer> ROWS_OF_32 = List.of(8, 7, 6, 5, 4, 3, 2, 1);

    private static final List<Integer> ROWS_OF_16 = List.of(6, 5, 4, 3, 2, 1);

    /**
     * The most a tile may be.
     *
     * @param rows of it
     * @param columns of it
     * @param depth copied at a time
     */
    private record Limits(int rows, int columns, int depth) {}

    /** The first is for when nothing is measured. */
    private static final List<Limits> LIMITS = List.of(
            new Limits(192, 128, 128), new Limits(96, 192, 192), new Limits(256, 64, 192), new Limits(64, 64, 256));

    @Override
    public String family() {
        return "core";
    }

    @Override
    public int rows() {
        return tileM;
    }

    @Override
    public int columns() {
        return tileN;
    }

    @Override
    public int depth() {
        return tileK;
    }

    @Override
    public List<Integer> group() {
        return List.of(1, 1);
    }

    @Override
    public Defines defines(ProductRequest request) {
        return new Defines()
                .with("ITEM_M", itemM)
                .with("ITEM_N", itemN)
                .with("TILE_M", tileM)
                .with("TILE_N", tileN)
                .with("TILE_K", tileK)
                .with("VECTOR", vector)
                .with(FusedActivation.asArgument());
    }

    /** Bytes of local memory a group needs. */
    long localBytes() {
        long floats = (long) tileM * tileK + (long) tileK * (tileN + PADDING) + (long) tileM * tileN;
        return floats * Sizeof.cl_float + (long) RUN_BYTES * Math.max(tileN, tileK) + ALIGNMENT_BYTES;
    }

    /** Ways to cut a product, the one that should be best first, no two alike. */
    static List<CoreTiles> choices(ClDevice device, Size size) {
        List<CoreTiles> choices = new ArrayList<>();
        for (Limits limits : LIMITS) {
            CoreTiles tiles = within(limits, device, size);
            if (!choices.contains(tiles)) {
                choices.add(tiles);
            }
        }
        return List.copyOf(choices);
    }

    private static CoreTiles within(Limits limits, ClDevice device, Size size) {
        int vector = Math.min(16, Integer.highestOneBit(Math.max(1, device.vectorWidth())));
        int itemN = size.columns() > vector ? 2 : 1;
        int itemM = leastWaste(size.rows(), vector == 16 ? ROWS_OF_32 : ROWS_OF_16);
        int tileM = even(size.rows(), limits.rows, itemM);
        int tileN = even(size.columns(), limits.columns, itemN * vector);
        int tileK = even(size.depth(), limits.depth, 1);
        long wanted = size.sliced() ? 1 : (long) TILES_PER_UNIT * device.units();
        while (tileM > 2 * itemM
                && ProductTiles.count(size.rows(), tileM) * ProductTiles.count(size.columns(), tileN) < wanted) {
            tileM = even(tileM, tileM / 2, itemM);
        }
        CoreTiles tiles = new CoreTiles(itemM, itemN, tileM, tileN, tileK, vector);
        while (tiles.localBytes() > Math.min(MOST_BYTES, device.localMemory()) && tiles.canShrink()) {
            tiles = tiles.smaller();
        }
        return tiles;
    }

    /** The block whose rows go into the product's with the least left over; of equals the first. */
    private static int leastWaste(long rows, List<Integer> candidates) {
        int best = candidates.get(0);
        for (int candidate : candidates) {
            boolean atLeastHalf = 2 * candidate > candidates.get(0) || rows < candidates.get(0);
            if (atLeastHalf && rounded(rows, candidate) < rounded(rows, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long rounded(long extent, int block) {
        return ProductTiles.count(extent, block) * block;
    }

    /** Tiles of equal size, of whole blocks and no more than so much. */
    private static int even(long extent, int most, int block) {
        long tiles = ProductTiles.count(extent, Math.max(block, most / block * block));
        return (int) rounded(ProductTiles.count(extent, (int) Math.max(1, tiles)), block);
    }

    private boolean canShrink() {
        return tileK > 8 || tileM > itemM || tileN > itemN * vector;
    }

    /** Cut in two where it is longest. */
    private CoreTiles smaller() {
        if (tileK > 8 && tileK >= Math.max(tileM, tileN) / 2) {
            return new CoreTiles(itemM, itemN, tileM, tileN, tileK / 2, vector);
        }
        if (tileM > itemM && (tileM >= tileN || tileN == itemN * vector)) {
            return new CoreTiles(itemM, itemN, even(tileM, (tileM + 1) / 2, itemM), tileN, tileK, vector);
        }
        return new CoreTiles(itemM, itemN, tileM, even(tileN, (tileN + 1) / 2, itemN * vector), tileK, vector);
    }
}
