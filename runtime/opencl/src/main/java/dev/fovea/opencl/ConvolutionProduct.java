package dev.fovea.opencl;

import org.jspecify.annotations.Nullable;

/**
 * One of the matrix products of a convolution, see {@code gemm.cl} and {@code core_product.cl}, cut into tiles and ready to be
 * launched.
 */
final class ConvolutionProduct {
    private static final int RESULT_ARGUMENT = 6;
    private static final int BIAS_ARGUMENT = 9;
    private static final int TABLE_ARGUMENT = 11;
    private static final int BATCH_ARGUMENT = 15;

    private final ProductRequest request;
    private final ProductTiles tiles;
    private final ClWork work;
    private final ClKernel kernel;
    private final int slices;
    private final int groupColumns;
    private final int groupRows;
    private final Grid grid;
    private final @Nullable TurnedWeights turned;

    /** Binds it, cut as suits the device best. */
    ConvolutionProduct(ProductRequest request, ClWork work) {
        this(request, work.tuning().choose(request, work), work);
    }

    /** Binds it, cut like this. */
    ConvolutionProduct(ProductRequest request, ProductTiles tiles, ClWork work) {
        this.request = request;
        this.tiles = tiles;
        this.work = work;
        slices = request.slices(tiles, work.device());
        groupColumns = tiles.group().get(0);
        groupRows = tiles.group().get(1);
        grid = new Grid(groupColumns, groupRows, 1);
        checkReach();
        kernel = sibling("multiply").needs(request.flopsPerSample());
        kernel.setFirst(request.operands().left(), request.operands().right(), request.result());
        ProductRequest.Finish finish = request.finish();
        kernel.set(BIAS_ARGUMENT, finish.bias().buffer())
                .set(BIAS_ARGUMENT + 1, finish.bias().offset());
        kernel.set(TABLE_ARGUMENT, request.operands().table());
        kernel.set(finish.activation().set(kernel, TABLE_ARGUMENT + 1), finish.accumulate());
        long floats = tiles.turnedFloats(request);
        turned = floats == 0 ? null : new TurnedWeights(request.operands(), floats, sibling("turn"), work);
        if (turned != null) {
            turned.give(kernel);
        }
    }

    /** Within a tile the kernel counts in 32 bits, from the first sample that the tile touches. */
    private void checkReach() {
        DeviceRegion right = request.operands().right();
        long samples = Math.max(tiles.columns(), tiles.depth()) + 1L;
        if (right.stride() > 0 && samples * right.stride() + right.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("samples " + right.stride() + " floats apart are too far for a tile");
        }
    }

    /** Parts that the depth is cut into; if it is more than one their sums are the result, one behind the other. */
    int slices() {
        return slices;
    }

    /** The most work-items that a group of it may have. */
    long largestGroup() {
        return kernel.largestGroup();
    }

    /** Lets the result go to the workspace. */
    void resultToScratch(long floats) {
        work.scratch().give(kernel, RESULT_ARGUMENT, floats);
        kernel.set(RESULT_ARGUMENT + 1, 0L);
    }

    /** Another kernel of the same program. */
    ClKernel sibling(String name) {
        return work.kernel(request.file(tiles), request.defines(tiles, work.device()), name);
    }

    /** Runs it on the first samples. */
    void run(int batch) {
        if (turned != null) {
            turned.run();
        }
        kernel.launch(work.queue(), grid(batch));
    }

    /** The nanoseconds it takes on a full batch, without turning weights, which is the same for all tiles. */
    long time(ClTimer timer) {
        return timer.run(kernel, grid(request.operands().capacity()));
    }

    /** Frees its kernels, which are otherwise freed with all others. */
    void free() {
        if (turned != null) {
            turned.free();
        }
        work.scratch().take(kernel);
        work.free(kernel);
    }

    private Grid grid(int batch) {
        kernel.set(BATCH_ARGUMENT, batch);
        long columns = ProductTiles.count(tiles.columns(request, batch), tiles.columns());
        long rows = ProductTiles.count(request.rows(), tiles.rows());
        return grid.items(
                columns * groupColumns,
                rows * groupRows,
                (long) request.shape().groups() * tiles.parts(request) * slices);
    }
}
