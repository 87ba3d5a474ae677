package dev.fovea.opencl;

import java.util.Comparator;
import java.util.List;
import org.jocl.Sizeof;

/**
 * How {@code gemm.cl} cuts a matrix product for groups of work-items that run side by side.
 *
 * @param groupM work-items of a group along the rows
 * @param groupN work-items of a group along the columns
 * @param itemM rows of a register block
 * @param itemN vectors in a row of a register block
 * @param tileK depth in local memory
 * @param vector floats in a vector
 */
record GemmTiles(int groupM, int groupN, int itemM, int itemN, int tileK, int vector) implements ProductTiles {
    /** On a GPU: neighbours work side by side, each on a small block in registers. */
    private static final List<GemmTiles> FOR_GROUPS = List.of(
            new GemmTiles(16, 16, 8, 8, 8, 1),
            new GemmTiles(16, 16, 4, 4, 16, 1),
            new GemmTiles(8, 8, 4, 4, 16, 1),
            new GemmTiles(4, 16, 4, 4, 16, 1),
            new GemmTiles(8, 8, 2, 2, 16, 1),
            new GemmTiles(4, 8, 2, 2, 8, 1),
            new GemmTiles(2, 2, 2, 2, 8, 1),
            new GemmTiles(1, 1, 2, 2, 4, 1));

    /** Offsets, rows and columns of the places of a tile's columns. */
    private static final int PLACE_INTS = 3;

    /** How many of them are worth measuring. */
    private static final int FEW = 4;

    @Override
    public String family() {
        return "convolution";
    }

    @Override
    public int rows() {
        return groupM * itemM;
    }

    @Override
    public int columns() {
        return groupN * itemN * vector;
    }

    @Override
    public int depth() {
        return tileK;
    }

    @Override
    public List<Integer> group() {
        return List.of(groupN, groupM);
    }

    /** Bytes of local memory a group needs. */
    long localBytes() {
        return (long) Sizeof.cl_float * tileK * (rows() + columns()) + (long) Sizeof.cl_int * PLACE_INTS * columns();
    }

    @Override
    public Defines defines() {
        return new Defines()
                .with("GROUP_M", groupM)
                .with("GROUP_N", groupN)
                .with("ITEM_M", itemM)
                .with("ITEM_N", itemN)
                .with("TILE_K", tileK)
                .with("VECTOR", vector);
    }

    /** The few that keep the most of the device busy with the least padding, the best first. */
    static List<GemmTiles> choices(ClDevice device, Size size, long largestGroup) {
        List<GemmTiles> choices = FOR_GROUPS.stream()
                .filter(tiles -> tiles.fits(device, largestGroup))
                .sorted(Comparator.comparingDouble(tiles -> tiles.cost(device, size.rows(), size.columns())))
                .limit(FEW)
                .toList();
        return choices.isEmpty() ? FOR_GROUPS.subList(FOR_GROUPS.size() - 1, FOR_GROUPS.size()) : choices;
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
        long groups = Math.multiplyExact(ProductTiles.count(rows, rows()), ProductTiles.count(columns, columns()));
        double waves = ProductTiles.count(groups, device.units());
        double loadsPerProduct = 1.0 / itemM + 1.0 / itemN;
        double idleLanes = Math.max(1, 32.0 / (groupM * groupN));
        return waves * rows() * columns() * (1 + loadsPerProduct) * idleLanes;
    }
}
