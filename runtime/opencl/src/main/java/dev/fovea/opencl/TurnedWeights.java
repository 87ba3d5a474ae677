package dev.fovea.opencl;

/**
 * A copy of a convolution's weights in the order in which {@code gemm.cl} reads them, made in the workspace just before the
 * product that reads it: weights change with each step, and a copy costs the memory traffic of twice the weights.
 */
final class TurnedWeights {
    private static final int TURNED_ARGUMENT = 2;

    private final ClWork work;
    private final ClKernel kernel;
    private final Grid grid;
    private final long floats;

    /**
     * Binds it.
     *
     * @param floats all weights
     * @param kernel the product's {@code turn}
     */
    TurnedWeights(ProductRequest.Operands operands, long floats, ClKernel kernel, ClWork work) {
        this.work = work;
        this.kernel = kernel;
        this.floats = floats;
        grid = work.elementGrid(kernel, floats).items(floats, 1);
        kernel.set(0, operands.left().buffer())
                .set(1, operands.left().offset())
                .set(TURNED_ARGUMENT + 1, operands.table());
        kernel.moves(2.0 * floats);
        work.scratch().give(kernel, TURNED_ARGUMENT, floats);
    }

    /** Lets a product read it as its first operand. */
    void give(ClKernel product) {
        work.scratch().give(product, 0, floats);
        product.set(1, 0L);
    }

    /** Makes the copy. */
    void run() {
        kernel.launch(work.queue(), grid);
    }

    /** Frees its kernel. */
    void free() {
        work.scratch().take(kernel);
        work.free(kernel);
    }
}
