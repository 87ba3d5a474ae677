package dev.fovea.opencl;

import java.util.List;

/**
 * Launches a kernel that does the same with every element of some tensors of one shape. Where all of them lie densely the
 * batch is a single long sample.
 */
final class ElementLoop {
    private final ClQueue queue;
    private final ClKernel kernel;
    private final int elementsArgument;
    private final long size;
    private final boolean dense;
    private final Grid grid;

    /**
     * A loop over tensors, which become the kernel's first arguments; the number of elements follows.
     *
     * @param capacity the largest batch
     */
    ElementLoop(ClWork work, ClKernel kernel, int capacity, List<DeviceRegion> tensors) {
        this.queue = work.queue();
        this.kernel = kernel;
        this.size = tensors.get(0).size();
        this.dense = tensors.stream().allMatch(DeviceRegion::isDense) && size * capacity <= Integer.MAX_VALUE;
        this.grid = work.elementGrid(kernel, dense ? size * capacity : size);
        int next = 0;
        for (DeviceRegion tensor : tensors) {
            next = kernel.set(next, tensor);
        }
        this.elementsArgument = next;
    }

    /** Where the arguments after the number of elements begin. */
    int nextArgument() {
        return elementsArgument + 1;
    }

    /** Runs it on the first samples. */
    void run(int batch) {
        if (dense) {
            kernel.set(elementsArgument, (int) (size * batch));
            kernel.launch(queue, grid.items(size * batch, 1));
        } else {
            kernel.set(elementsArgument, (int) size);
            kernel.launch(queue, grid.items(size, batch));
        }
    }
}
