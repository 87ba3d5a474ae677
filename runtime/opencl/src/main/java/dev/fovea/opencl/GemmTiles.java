package dev.fovea.opencl;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jocl.Sizeof;

/**
 * How {@code gemm.cl} cuts a matrix product for groups of work-items that run side by side.
 *
 * @param groupM work-items of a group along the rows
 * @param groupN work-items of a group along the columns
 * @param itemM rows of a register block
 * @param itemN vectors in a row of a register block
 * @param tileK depth in local memory
 */
record GemmTiles(int groupM, int groupN, int itemM, int itemN, int tileK) implements ProductTiles {
    /** Floats in a vector: what GPUs read of local memory at once. */
    static final int VECTOR = 4;

    /**
     * Depth in local memory. Eight floats are 32 bytes, the least that memory gives; more of it takes registers that hold
     * what comes next.
     */
    private static final int SHALLOW = 8;

    /** What may be better where both operands lie along the depth, as those of the weight's gradient do. */
    private static final int DEEP = 16;

    /** On a GPU: neighbours work side by side, each on a small block in registers. */
    private static final List<GemmTiles> FOR_GROUPS = List.of(
            new GemmTiles(16, 16, 8, 2, SHALLOW),
            new GemmTiles(8, 16, 8, 2, SHALLOW),
            new GemmTiles(16, 8, 8, 2, SHALLOW),
            new GemmTiles(8, 8, 8, 2, SHALLOW),
            new GemmTiles(16, 16, 4, 1, SHALLOW),
            new GemmTiles(8, 8, 4, 2, SHALLOW),
            new GemmTiles(8, 8, 4, 1, SHALLOW),
            new GemmTiles(4, 8, 4, 1, SHALLOW),
            new GemmTiles(2, 2, 4, 1, SHALLOW),
            new GemmTiles(1, 1, 4, 1, SHALLOW));

    /** How many of them are worth measuring. */
    private static final int FEW = 4;

    /** How many in both depths, where that is worth measuring too. */
    private static final int FEW_DEEP = 3;

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
        return groupN * itemN * VECTOR;
    }

    @Override
    public int depth() {
        return tileK;
    }

    @Override
    public List<Integer> group() {
        return List.of(groupN, groupM);
    }

    /** Bytes of local memory a group needs: two tiles of each operand, a vector longer in each row. */
    long localBytes() {
        return 2L * Sizeof.cl_float * tileK * (rows() + columns() + 2 * VECTOR);
    }

    @Override
    public Defines defines(ProductRequest request) {
        return new Defines()
                .with("GROUP_M", groupM)
                .with("GROUP_N", groupN)
                .with("ITEM_M", itemM)
                .with("ITEM_N", itemN)
                .with("TILE_K", tileK)
                .with("VECTOR", VECTOR)
                .with(order(request).defines())
                .with("ALIGNED", request.isAligned(VECTOR))
                .with(request.finish().activation().defineIfFrequent());
    }

    /** In which order the kernel goes through a convolution's taps and channels. */
    private GroupOrder order(ProductRequest request) {
        return GroupOrder.of(request, request.isSliced() ? columns() : tileK);
    }

    @Override
    public long columns(ProductRequest request, int batch) {
        return order(request).columns(request, batch);
    }

    @Override
    public int parts(ProductRequest request) {
        return order(request).classes();
    }

    @Override
    public long turnedFloats(ProductRequest request) {
        return order(request).isTurned(request) ? request.shape().weights() : 0;
    }

    /** The few that keep the most of the device busy with the least padding, the best first. */
    static List<GemmTiles> choices(ClDevice device, Size size, long largestGroup) {
        List<GemmTiles> choices = FOR_GROUPS.stream()
                .filter(tiles -> tiles.fits(device, largestGroup))
                .sorted(Comparator.comparingDouble(tiles -> tiles.cost(device, size.rows(), size.columns())))
                .limit(size.sliced() ? FEW_DEEP : FEW)
                .flatMap(tiles -> size.sliced() ? Stream.of(tiles, tiles.deep()) : Stream.of(tiles))
                .filter(tiles -> tiles.fits(device, largestGroup))
                .toList();
        return choices.isEmpty() ? FOR_GROUPS.subList(FOR_GROUPS.size() - 1, FOR_GROUPS.size()) : choices;
    }

    private GemmTiles deep() {
        return new GemmTiles(groupM, groupN, itemM, itemN, DEEP);
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
        double loadsPerProduct = 1.0 / itemM + 1.0 / (itemN * VECTOR);
        double idleLanes = Math.max(1, 32.0 / (groupM * groupN));
        return waves * rows() * columns() * (1 + loadsPerProduct) * idleLanes;
    }
}
