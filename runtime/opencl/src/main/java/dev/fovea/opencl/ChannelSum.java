package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;

/** The gradient of a bias: the sums of the channels over all positions of all samples. */
final class ChannelSum {
    private static final int BATCH_ARGUMENT = 6;

    private final ClQueue queue;
    private final ClKernel kernel;
    private final Grid grid;

    /**
     * Binds it.
     *
     * @param dy the gradient of the output
     * @param sums where the sums go, one a channel
     * @param area the positions of a channel
     * @param capacity the largest batch
     */
    ChannelSum(DeviceRegion dy, Target sums, int area, int capacity, ClWork work) {
        queue = work.queue();
        int channels = (int) sums.region().size();
        int items = area == 1 ? 1 : work.reductionItems((long) area * capacity);
        Defines defines = new Defines().with("ITEMS", items).with("VECTOR", work.reductionVector());
        if (area == 1) {
            kernel = work.kernel("channel_sum.cl", defines, "sum_vectors").set(BATCH_ARGUMENT + 1, channels);
            grid = work.elementGrid(kernel, channels).items(channels, 1);
        } else {
            kernel = work.kernel("channel_sum.cl", defines, "sum_images").set(BATCH_ARGUMENT + 1, area);
            grid = new Grid(items).items((long) items * channels);
        }
        int next = kernel.set(0, dy);
        kernel.set(next, sums.region().buffer())
                .set(next + 1, sums.region().offset())
                .set(next + 2, sums.accumulate());
    }

    /** Runs it on the first samples. */
    void run(int batch) {
        kernel.set(BATCH_ARGUMENT, batch);
        kernel.launch(queue, grid);
    }
}
