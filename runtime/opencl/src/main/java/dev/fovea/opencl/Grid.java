package dev.fovea.opencl;

/**
 * The work-items of a launch and how they are grouped. The extents are rounded up to whole groups, so kernels check where
 * they are. The arrays are made once and refilled, because a step allocates nothing.
 */
final class Grid {
    private final long[] global;
    private final long[] local;

    /** A grid of groups of the given extents, along one to three axes, one group along each. */
    Grid(long... group) {
        local = group.clone();
        global = group.clone();
    }

    /** Sets how many items there are to be along each axis, at least. */
    Grid items(long first) {
        setItems(0, first);
        return this;
    }

    /** Sets how many items there are to be along each axis, at least. */
    Grid items(long first, long second) {
        setItems(1, second);
        return items(first);
    }

    /** Sets how many items there are to be along each axis, at least. */
    Grid items(long first, long second, long third) {
        setItems(2, third);
        return items(first, second);
    }

    private void setItems(int axis, long items) {
        global[axis] = (items + local[axis] - 1) / local[axis] * local[axis];
    }

    int axes() {
        return global.length;
    }

    long[] global() {
        return global;
    }

    long[] local() {
        return local;
    }
}
