package dev.fovea.opencl;

import dev.fovea.runtime.kernels.Memory;

/** What is done with a range of memory as a whole, with the kernels of {@code memory.cl}. */
final class MemoryKernels {
    private static final String FILE = "memory.cl";

    /** Parts that a sum is cut into at most, and the least floats in a part. */
    private static final int MOST_PARTS = 1024;

    private static final long SHORTEST_PART = 4096;

    private final ClWork work;
    private final ClKernel squares;
    private final ClKernel scaling;
    private final ClKernel clamping;
    private final ClKernel blending;
    private final Grid squaresGrid;
    private final Grid scalingGrid;
    private final float[] sums = new float[MOST_PARTS];

    /** Binds the kernels. */
    MemoryKernels(ClWork work) {
        this.work = work;
        int items = work.reductionItems(SHORTEST_PART);
        Defines defines = new Defines().with("ITEMS", items).with("VECTOR", work.reductionVector());
        squares = work.kernel(FILE, defines, "sum_squares");
        squaresGrid = new Grid(items);
        work.scratch().give(squares, 4, MOST_PARTS);
        scaling = work.kernel(FILE, defines, "scale");
        clamping = work.kernel(FILE, defines, "clamp_range");
        blending = work.kernel(FILE, defines, "blend");
        scalingGrid = work.elementGrid(scaling, Integer.MAX_VALUE);
    }

    /** The sum of the squares of a range: of parts that depend on its length alone, then of these in double. */
    double sumOfSquares(Memory memory, long offset, long length) {
        ClBuffer buffer = DeviceRegion.buffer(work.queue(), memory);
        buffer.checkRange("sum the squares of", offset, length);
        long part = Math.max(SHORTEST_PART, (length + MOST_PARTS - 1) / MOST_PARTS);
        int parts = (int) ((length + part - 1) / part);
        if (parts == 0) {
            return 0;
        }
        squares.set(0, buffer).set(1, offset).set(2, length).set(3, part);
        squares.launch(work.queue(), squaresGrid.items(parts * squaresGrid.local()[0]));
        work.scratch().read(sums, parts);
        double sum = 0;
        for (int i = 0; i < parts; i++) {
            sum += sums[i];
        }
        return sum;
    }

    /** Multiplies a range by a factor. */
    void scale(Memory memory, long offset, long length, float factor) {
        each("scale", scaling, memory, offset, length, factor);
    }

    /** Bounds each element of a range. */
    void clamp(Memory memory, long offset, long length, float most) {
        each("clamp", clamping, memory, offset, length, most);
    }

    private void each(String action, ClKernel kernel, Memory memory, long offset, long length, float number) {
        ClBuffer buffer = DeviceRegion.buffer(work.queue(), memory);
        buffer.checkRange(action, offset, length);
        if (length > 0) {
            kernel.set(0, buffer).set(1, offset).set(2, length).set(3, number);
            kernel.launch(work.queue(), scalingGrid.items(length, 1));
        }
    }

    /** Mixes a range of one memory into another. */
    void blend(Memory target, Memory source, long offset, long length, float keep, float share) {
        ClBuffer into = DeviceRegion.buffer(work.queue(), target);
        ClBuffer from = DeviceRegion.buffer(work.queue(), source);
        into.checkRange("blend", offset, length);
        from.checkRange("blend", offset, length);
        if (length > 0) {
            blending.set(0, into)
                    .set(1, from)
                    .set(2, offset)
                    .set(3, length)
                    .set(4, keep)
                    .set(5, share);
            blending.launch(work.queue(), scalingGrid.items(length, 1));
        }
    }
}
