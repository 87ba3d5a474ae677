package dev.fovea.opencl;

/**
 * The gradient of a convolution's weight. Its sums run over every position of every sample while it may itself be small, so
 * the sums are cut into slices for the whole device to work on; their sums are added in a fixed order.
 */
final class WeightGradient {
    /** Groups that each compute unit should have, so that none stands idle for long at the end. */
    private static final long GROUPS_PER_UNIT = 4;

    /** Products in a slice, below which it costs more to add the slices up than to wait. */
    private static final long SHORTEST_SLICE = 512;

    /** The longest that the slices together may be, in floats. */
    private static final long MOST_FLOATS = 1 << 24;

    private final ClWork work;
    private final ConvolutionProduct product;
    private final int slices;
    private final ClKernel adding;
    private final Grid grid;

    /** Binds it; {@code tensors.weight()} is where the gradient goes. */
    WeightGradient(ConvolutionShape shape, ConvolutionProduct.Tensors tensors, boolean accumulate, ClWork work) {
        this.work = work;
        slices = slices(shape, tensors, work);
        product = ConvolutionProduct.weight(shape, tensors, accumulate, slices, work);
        adding = product.sibling("add_slices");
        grid = work.elementGrid(adding, shape.weights()).items(shape.weights(), 1);
        if (slices > 1) {
            product.resultToScratch(slices * shape.weights());
            work.scratch().give(adding, 0, slices * shape.weights());
            adding.set(1, tensors.weight().buffer())
                    .set(2, tensors.weight().offset())
                    .set(3, tensors.table())
                    .set(4, accumulate);
        }
    }

    private static int slices(ConvolutionShape shape, ConvolutionProduct.Tensors tensors, ClWork work) {
        long depth = (long) shape.outputArea() * tensors.capacity();
        long wanted = GROUPS_PER_UNIT * work.device().units() / ConvolutionProduct.weightTiles(shape, tensors, work);
        long most = Math.min(depth / SHORTEST_SLICE, MOST_FLOATS / shape.weights());
        return (int) Math.max(1, Math.min(wanted, most));
    }

    /** Runs it on the first samples. */
    void run(int batch) {
        product.run(batch);
        if (slices > 1) {
            adding.launch(work.queue(), grid);
        }
    }
}
