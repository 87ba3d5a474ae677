package dev.fovea.opencl;

import dev.fovea.opencl.ClDevice.Kind;
import java.util.List;
import org.jocl.Sizeof;

/**
 * How a matrix product is cut, see {@code gemm.cl}.
 *
 * @param groupM work-items of a group along the rows
 * @param groupN work-items of a group along the columns
 * @param itemM rows of a register block
 * @param itemN vectors in a row of a register block
 * @param repeatM register blocks of an item along the rows
 * @param repeatN register blocks of an item along the columns
 * @param tileK depth in local memory
 * @param vector floats in a vector
 */
record GemmTiles(int groupM, int groupN, int itemM, int itemN, int repeatM, int repeatN, int tileK, int vector) {
    /** On a GPU: neighbours work side by side, each on a small block in registers. */
    private static final List<GemmTiles> FOR_GROUPS = List.of(
            new GemmTiles(16, 16, 8, 8, 1, 1, 8, 1),
            new GemmTiles(16, 16, 4, 4, 1, 1, 16, 1),
            new GemmTiles(8, 8, 4, 4, 1, 1, 16, 1),
            new GemmTiles(4, 16, 4, 4, 1, 1, 16, 1),
            new GemmTiles(8, 8, 2, 2, 1, 1, 16, 1),
            new GemmTiles(4, 8, 2, 2, 1, 1, 8, 1),
            new GemmTiles(2, 2, 2, 2, 1, 1, 8, 1),
            new GemmTiles(1, 1, 2, 2, 1, 1, 4, 1));

    /** Rows that a single item may hold in registers, the best first. */
    private static final List<Integer> ROWS = List.of(8, 6, 4, 2, 1);

    /** The widest tile a single item works on: with the panels it stays within a core's second-level cache. */
    private static final int WIDEST = 128;

    /** Offsets, rows and columns of the places of a tile's columns. */
    private static final int PLACE_INTS = 3;

    /** Rows of a tile. */
    int rows() {
        return groupM * itemM * repeatM;
    }

    /** Columns of a tile. */
    int columns() {
        return groupN * itemN * vector * repeatN;
    }

    /** Work-items of a group. */
    int items() {
        return groupM * groupN;
    }

    /** Bytes of local memory a group needs. */
    long localBytes() {
        return (long) Sizeof.cl_float * tileK * (rows() + columns()) + (long) Sizeof.cl_int * PLACE_INTS * columns();
    }

    /** The numbers that {@code gemm.cl} expects, but for those that do not depend on the tiles. */
    Defines defines() {
        return new Defines()
                .with("GROUP_M", groupM)
                .with("GROUP_N", groupN)
                .with("ITEM_M", itemM)
                .with("ITEM_N", itemN)
                .with("REPEAT_M", repeatM)
                .with("REPEAT_N", repeatN)
                .with("TILE_K", tileK)
                .with("VECTOR", vector);
    }

    /**
     * The tiles for a product of {@code rows × depth} by {@code depth × columns}.
     *
     * @param largestGroup the most work-items a group may have
     */
    static GemmTiles choose(ClDevice device, long rows, long columns, long depth, long largestGroup) {
        return device.kind() == Kind.CPU
                ? forCore(device, rows, columns, depth)
                : forGroups(device, rows, columns, largestGroup);
    }

    private static GemmTiles forCore(ClDevice device, long rows, long columns, long depth) {
        int vector = Math.min(16, Integer.highestOneBit(Math.max(1, device.vectorWidth())));
        int itemN = columns > vector ? 2 : 1;
        int itemM = ROWS.get(0);
        for (int candidate : ROWS) {
            if (blocks(rows, candidate) * candidate < blocks(rows, itemM) * itemM) {
                itemM = candidate;
            }
        }
        int repeatM = (int) Math.min(Math.max(1, WIDEST / 2 / itemM), blocks(rows, itemM));
        int block = itemN * vector;
        int repeatN = (int) Math.min(Math.max(1, WIDEST / block), blocks(columns, block));
        int tileK = depth > 64 ? 128 : (int) Math.max(8, depth);
        GemmTiles tiles = new GemmTiles(1, 1, itemM, itemN, repeatM, repeatN, tileK, vector);
        while (tiles.localBytes() > device.localMemory() && tileK > 8) {
            tileK /= 2;
            tiles = new GemmTiles(1, 1, itemM, itemN, repeatM, repeatN, tileK, vector);
        }
        return tiles;
    }

    /** The candidate that keeps the most of the device busy with the least padding. */
    private static GemmTiles forGroups(ClDevice device, long rows, long columns, long largestGroup) {
        GemmTiles best = FOR_GROUPS.get(FOR_GROUPS.size() - 1);
        double leastCost = Double.POSITIVE_INFINITY;
        for (GemmTiles tiles : FOR_GROUPS) {
            if (tiles.fits(device, largestGroup) && tiles.cost(device, rows, columns) < leastCost) {
                best = tiles;
                leastCost = tiles.cost(device, rows, columns);
            }
        }
        return best;
    }

    private boolean fits(ClDevice device, long largestGroup) {
        List<Long> limits = device.groupLimits();
        return items() <= largestGroup
                && groupN <= limits.get(0)
                && groupM <= limits.get(1)
                && localBytes() <= device.localMemory();
    }

    /**
     * Time, in arbitrary units: waves of groups over the compute units, times a tile's multiply-adds and the loads from
     * local memory that feed them.
     */
    private double cost(ClDevice device, long rows, long columns) {
        long groups = Math.multiplyExact(blocks(rows, rows()), blocks(columns, columns()));
        double waves = blocks(groups, device.units());
        double loadsPerProduct = 1.0 / itemM + 1.0 / itemN;
        double idleLanes = Math.max(1, 32.0 / (groupM * groupN));
        return waves * rows() * columns() * (1 + loadsPerProduct) * idleLanes;
    }

    private static long blocks(long extent, int tile) {
        return (extent + tile - 1) / tile;
    }
}
