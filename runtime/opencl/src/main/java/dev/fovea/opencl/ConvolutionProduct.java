package dev.fovea.opencl;

import dev.fovea.ops.Op;
import java.util.Optional;

/** One of the matrix products of a convolution, see {@code gemm.cl}, ready to be launched. */
final class ConvolutionProduct {
    private static final int RESULT_ARGUMENT = 6;
    private static final int BIAS_ARGUMENT = 9;
    private static final int TABLE_ARGUMENT = 11;
    private static final int BATCH_ARGUMENT = 15;

    private final ClWork work;
    private final String file;
    private final Defines defines;
    private final ClKernel kernel;
    private final GemmTiles tiles;
    private final Extents extents;
    private final int products;
    private final Grid grid;

    /**
     * The tensors of a convolution, or their gradients.
     *
     * @param weight {@code [outputs, inputs, kh, kw]}
     * @param image what goes in
     * @param output what comes out
     * @param table the connection table; any buffer where there is none
     * @param capacity the largest batch
     */
    record Tensors(DeviceRegion weight, DeviceRegion image, DeviceRegion output, ClBuffer table, int capacity) {
        /** The same convolution's with some of them exchanged for their gradients. */
        Tensors with(DeviceRegion newWeight, DeviceRegion newImage, DeviceRegion newOutput) {
            return new Tensors(newWeight, newImage, newOutput, table, capacity);
        }
    }

    /**
     * The extents of a product, for one group of channels.
     *
     * @param rows of the left matrix and the result
     * @param columns of the right matrix and the result at the largest batch
     * @param columnsPerSample how many of them are each sample's; 0 when they do not depend on the batch
     * @param depth columns of the left matrix and rows of the right one, at the largest batch
     */
    private record Extents(long rows, long columns, long columnsPerSample, long depth) {
        Extents {
            if (Math.max(columns, depth) > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a batch of 2^31 positions or more: choose a smaller batch");
            }
        }

        long columnsOf(int batch) {
            return columnsPerSample == 0 ? columns : columnsPerSample * batch;
        }
    }

    private ConvolutionProduct(
            ClWork work, String file, Defines own, ConvolutionShape shape, Extents extents, int slices) {
        this.work = work;
        this.file = file;
        this.extents = extents;
        this.products = shape.groups() * slices;
        Defines shared = new Defines().with(own).with(shape.defines()).with("SLICES", slices);
        GemmTiles wanted = tiles(work, extents, work.device().largestGroup());
        Defines wantedDefines = wanted.defines().with(shared);
        ClKernel candidate = work.kernel(file, wantedDefines, "multiply");
        if (candidate.largestGroup() < wanted.items()) {
            wanted = tiles(work, extents, candidate.largestGroup());
            wantedDefines = wanted.defines().with(shared);
            candidate = work.kernel(file, wantedDefines, "multiply");
        }
        tiles = wanted;
        defines = wantedDefines;
        kernel = candidate;
        grid = new Grid(tiles.groupN(), tiles.groupM(), 1);
    }

    /** The output, with bias and activation. */
    static ConvolutionProduct forward(
            ConvolutionShape shape,
            Tensors tensors,
            Optional<DeviceRegion> bias,
            Optional<Op> activation,
            boolean accumulate,
            ClWork work) {
        Extents extents = new Extents(
                shape.outputs(),
                (long) shape.outputArea() * tensors.capacity,
                shape.outputArea(),
                (long) shape.inputs() * shape.kernelArea());
        Defines own = new Defines().with("BIAS", bias.isPresent());
        return new ConvolutionProduct(work, "convolution_forward.cl", own, shape, extents, 1)
                .arguments(tensors.weight, tensors.image, tensors.output, tensors.table)
                .finish(bias.orElse(tensors.weight), FusedActivation.of(activation), accumulate);
    }

    /**
     * The gradient of the input: {@code image} is where it goes, {@code output} the gradient of the output. With a bias for
     * each channel of the image and an activation it is a transposed convolution.
     */
    static ConvolutionProduct input(
            ConvolutionShape shape,
            Tensors tensors,
            Optional<DeviceRegion> bias,
            Optional<Op> activation,
            boolean accumulate,
            ClWork work) {
        Extents extents = new Extents(
                shape.inputs(),
                (long) shape.area() * tensors.capacity,
                shape.area(),
                (long) shape.outputs() * shape.kernelArea());
        Defines own = new Defines().with("BIAS", bias.isPresent());
        return new ConvolutionProduct(work, "convolution_input.cl", own, shape, extents, 1)
                .arguments(tensors.weight, tensors.output, tensors.image, tensors.table)
                .finish(bias.orElse(tensors.weight), FusedActivation.of(activation), accumulate);
    }

    /** The gradient of the weight: {@code weight} is where it goes, {@code output} the gradient of the output. */
    static ConvolutionProduct weight(
            ConvolutionShape shape, Tensors tensors, boolean accumulate, int slices, ClWork work) {
        return new ConvolutionProduct(
                        work, "convolution_weight.cl", new Defines(), shape, weightExtents(shape, tensors), slices)
                .arguments(tensors.output, tensors.image, tensors.weight, tensors.table)
                .finish(tensors.weight, FusedActivation.NONE, accumulate);
    }

    /** How many tiles the gradient of the weight has. */
    static long weightTiles(ConvolutionShape shape, Tensors tensors, ClWork work) {
        Extents extents = weightExtents(shape, tensors);
        GemmTiles tiles = tiles(work, extents, work.device().largestGroup());
        return shape.groups() * blocks(extents.rows, tiles.rows()) * blocks(extents.columns, tiles.columns());
    }

    private static Extents weightExtents(ConvolutionShape shape, Tensors tensors) {
        return new Extents(
                shape.outputs(),
                (long) shape.inputs() * shape.kernelArea(),
                0,
                (long) shape.outputArea() * tensors.capacity);
    }

    private static GemmTiles tiles(ClWork work, Extents extents, long largestGroup) {
        return GemmTiles.choose(work.device(), extents.rows, extents.columns, extents.depth, largestGroup);
    }

    private ConvolutionProduct arguments(DeviceRegion left, DeviceRegion right, DeviceRegion result, ClBuffer table) {
        checkReach(right);
        kernel.setFirst(left, right, result);
        kernel.set(TABLE_ARGUMENT, table);
        return this;
    }

    /** What becomes of the sums before they are stored; a bias that is not wanted is not read. */
    private ConvolutionProduct finish(DeviceRegion bias, FusedActivation activation, boolean accumulate) {
        kernel.set(BIAS_ARGUMENT, bias.buffer()).set(BIAS_ARGUMENT + 1, bias.offset());
        kernel.set(activation.set(kernel, TABLE_ARGUMENT + 1), accumulate);
        return this;
    }

    /** Within a tile the kernel counts in 32 bits, from the first sample that the tile touches. */
    private void checkReach(DeviceRegion right) {
        long samples = Math.max(tiles.columns(), tiles.tileK()) + 1L;
        if (right.stride() > 0 && samples * right.stride() + right.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("samples " + right.stride() + " floats apart are too far for a tile");
        }
    }

    /** Lets the result go to the workspace. */
    void resultToScratch(long floats) {
        work.scratch().give(kernel, RESULT_ARGUMENT, floats);
        kernel.set(RESULT_ARGUMENT + 1, 0L);
    }

    /** Another kernel of the same program. */
    ClKernel sibling(String name) {
        return work.kernel(file, defines, name);
    }

    /** Runs it on the first samples. */
    void run(int batch) {
        kernel.set(BATCH_ARGUMENT, batch);
        long columns = blocks(extents.columnsOf(batch), tiles.columns());
        long rows = blocks(extents.rows, tiles.rows());
        kernel.launch(work.queue(), grid.items(columns * tiles.groupN(), rows * tiles.groupM(), products));
    }

    private static long blocks(long extent, int tile) {
        return (extent + tile - 1) / tile;
    }
}
