package dev.fovea.opencl;

/**
 * The gradient of a convolution's weight. Its sums run over every position of every sample while it may itself be small, so
 * the sums are cut into slices for the whole device to work on; their sums are added in a fixed order.
 */
final class WeightGradient {
    private final ClWork work;
    private final ConvolutionProduct product;
    private final ClKernel adding;
    private final Grid grid;

    /** Binds it; {@code tensors.weight()} is where the gradient goes. */
    WeightGradient(ConvolutionShape shape, ProductRequest.Tensors tensors, boolean accumulate, ClWork work) {
        this.work = work;
        product = new ConvolutionProduct(ProductRequest.weight(shape, tensors, accumulate, work.device()), work);
        adding = product.sibling("add_slices");
        grid = work.elementGrid(adding, shape.weights()).items(shape.weights(), 1);
        if (product.slices() > 1) {
            long floats = product.slices() * shape.weights();
            product.resultToScratch(floats);
            work.scratch().give(adding, 0, floats);
            adding.set(1, tensors.weight().buffer())
                    .set(2, tensors.weight().offset())
                    .set(3, tensors.table())
                    .set(4, accumulate);
        }
    }

    /** Runs it on the first samples. */
    void run(int batch) {
        product.run(batch);
        if (product.slices() > 1) {
            adding.launch(work.queue(), grid);
        }
    }
}
