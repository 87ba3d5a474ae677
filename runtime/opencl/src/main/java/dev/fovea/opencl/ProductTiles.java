package dev.fovea.opencl;

import dev.fovea.opencl.ClDevice.Kind;
import java.util.List;

/** How a matrix product is cut into the tiles that groups of work-items compute. */
sealed interface ProductTiles permits GemmTiles, CoreTiles {
    /**
     * What is to be multiplied.
     *
     * @param rows of the left matrix and the result
     * @param columns of the right matrix and the result
     * @param depth columns of the left matrix and rows of the right one
     * @param sliced whether the depth can be cut too, so that few tiles still keep the whole device busy
     */
    record Size(long rows, long columns, long depth, boolean sliced) {}

    /** How the names of the files begin whose kernels are cut so. */
    String family();

    /** Rows of a tile. */
    int rows();

    /** Columns of a tile. */
    int columns();

    /** Depth that is copied at a time. */
    int depth();

    /** Work-items of a group along the columns, then along the rows. */
    List<Integer> group();

    /** The numbers that the kernel expects, but for those that do not depend on the tiles. */
    Defines defines(ProductRequest request);

    /** Columns of a product at a batch, as the kernel counts them. */
    default long columns(ProductRequest request, int batch) {
        return request.columns(batch);
    }

    /** Parts of the columns that the kernel takes for products of their own. */
    default int parts(ProductRequest request) {
        return 1;
    }

    /** Floats of a copy of the weights in the order in which the kernel reads them; 0 if it takes them as they are. */
    default long turnedFloats(ProductRequest request) {
        return 0;
    }

    /** Work-items of a group. */
    default int items() {
        return group().get(0) * group().get(1);
    }

    /**
     * Ways to cut a product on a device, the one that should be best first.
     *
     * @param largestGroup the most work-items a group may have
     */
    static List<? extends ProductTiles> choices(ClDevice device, Size size, long largestGroup) {
        return device.kind() == Kind.CPU
                ? CoreTiles.choices(device, size)
                : GemmTiles.choices(device, size, largestGroup);
    }

    /** How many tiles there are along an axis. */
    static long count(long extent, int tile) {
        return (extent + tile - 1) / tile;
    }
}
