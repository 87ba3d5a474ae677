package dev.fovea.opencl;

import dev.fovea.opencl.ClDevice.Kind;
import dev.fovea.ops.Op;
import java.util.Optional;

/**
 * One of the matrix products of a convolution, before it is decided how to cut it.
 *
 * @param pass what it is for, as in the names of the files: {@code forward}, {@code input}, {@code weight}
 * @param shape the convolution
 * @param own numbers of this pass that the kernel expects beside those of shape and tiles
 * @param rows of the left matrix and the result, for one group of channels, as are the others
 * @param columns of the right matrix and the result, at the largest batch
 * @param depth columns of the left matrix and rows of the right one, at the largest batch
 * @param operands what it reads
 * @param result where the product goes
 * @param finish what becomes of the sums before they are stored
 */
record ProductRequest(
        String pass,
        ConvolutionShape shape,
        Defines own,
        long rows,
        long columns,
        long depth,
        Operands operands,
        DeviceRegion result,
        Finish finish) {
    private static final String WEIGHT = "weight";
    private static final String INPUT = "input";

    /** Groups that each compute unit should have, so that none stands idle for long at the end. */
    private static final long GROUPS_PER_UNIT = 4;

    /** Products in a slice, below which it costs more to add the slices up than to wait. */
    private static final long SHORTEST_SLICE = 512;

    /** The longest that the slices together may be, in floats. */
    private static final long MOST_FLOATS = 1 << 24;

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
     * What a product reads.
     *
     * @param left the tensor that the first matrix is made of
     * @param right the tensor that the second is made of
     * @param table the connection table; any buffer where there is none
     * @param capacity the largest batch
     */
    record Operands(DeviceRegion left, DeviceRegion right, ClBuffer table, int capacity) {}

    /**
     * What becomes of sums.
     *
     * @param bias what is added; a bias that is not wanted is not read
     * @param activation what they go through
     * @param accumulate whether they are added to what is there
     */
    record Finish(DeviceRegion bias, FusedActivation activation, boolean accumulate) {}

    /** Checks the extents. */
    ProductRequest {
        if (Math.max(columns, depth) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a batch of 2^31 positions or more: choose a smaller batch");
        }
    }

    /** The output, with bias and activation. */
    static ProductRequest forward(
            ConvolutionShape shape,
            Tensors tensors,
            Optional<DeviceRegion> bias,
            Optional<Op> activation,
            boolean accumulate) {
        return new ProductRequest(
                "forward",
                shape,
                new Defines().with("BIAS", bias.isPresent()),
                shape.outputs(),
                (long) shape.outputArea() * tensors.capacity,
                (long) shape.inputs() * shape.kernelArea(),
                new Operands(tensors.weight, tensors.image, tensors.table, tensors.capacity),
                tensors.output,
                new Finish(bias.orElse(tensors.weight), FusedActivation.of(activation), accumulate));
    }

    /**
     * The gradient of the input: {@code image} is where it goes, {@code output} the gradient of the output. With a bias for
     * each channel of the image and an activation it is a transposed convolution.
     */
    static ProductRequest input(
            ConvolutionShape shape,
            Tensors tensors,
            Optional<DeviceRegion> bias,
            Optional<Op> activation,
            boolean accumulate) {
        return new ProductRequest(
                INPUT,
                shape,
                new Defines().with("BIAS", bias.isPresent()),
                shape.inputs(),
                (long) shape.area() * tensors.capacity,
                (long) shape.outputs() * shape.kernelArea(),
                new Operands(tensors.weight, tensors.output, tensors.table, tensors.capacity),
                tensors.image,
                new Finish(bias.orElse(tensors.weight), FusedActivation.of(activation), accumulate));
    }

    /**
     * The gradient of the weight: {@code weight} is where it goes, {@code output} the gradient of the output. A processor's
     * kernel multiplies the other way round, see {@code core_weight.cl}.
     */
    static ProductRequest weight(ConvolutionShape shape, Tensors tensors, boolean accumulate, ClDevice device) {
        boolean transposed = device.kind() == Kind.CPU;
        long taps = (long) shape.inputs() * shape.kernelArea();
        return new ProductRequest(
                WEIGHT,
                shape,
                new Defines(),
                transposed ? taps : shape.outputs(),
                transposed ? shape.outputs() : taps,
                (long) shape.outputArea() * tensors.capacity,
                new Operands(tensors.output, tensors.image, tensors.table, tensors.capacity),
                tensors.weight,
                new Finish(tensors.weight, FusedActivation.NONE, accumulate));
    }

    /** The same into other memory. */
    ProductRequest into(DeviceRegion other) {
        return new ProductRequest(pass, shape, own, rows, columns, depth, operands, other, finish);
    }

    /** Whether its depth may be cut into slices. */
    boolean isSliced() {
        return pass.equals(WEIGHT);
    }

    /** Whether it is the gradient of the input, or a transposed convolution. */
    boolean isOfInput() {
        return pass.equals(INPUT);
    }

    /** Floats of a channel of the result, which lie side by side. */
    int plane() {
        return isOfInput() ? shape.area() : isSliced() ? 1 : shape.outputArea();
    }

    /** Whether whole vectors of the result can be stored at once. */
    boolean isAligned(int vector) {
        return plane() % vector == 0 && result.offset() % vector == 0 && result.stride() % vector == 0;
    }

    /** The extents to be cut. */
    ProductTiles.Size size() {
        return new ProductTiles.Size(rows, columns, depth, isSliced());
    }

    /** The columns at a smaller batch. */
    long columns(int batch) {
        return isSliced() ? columns : columns / operands.capacity * batch;
    }

    /**
     * Floating-point operations of each sample that no way of computing it directly can do without: those with the elements
     * that a stride leaves out, which the gradient of the input multiplies by zero, are not among them.
     */
    double flopsPerSample() {
        return 2.0 * shape.weights() * shape.outputArea();
    }

    /** The parts that the depth is cut into, so that the whole device has work. */
    int slices(ProductTiles tiles, ClDevice device) {
        if (!isSliced()) {
            return 1;
        }
        long count = shape.groups()
                * ProductTiles.count(rows, tiles.rows())
                * ProductTiles.count(tiles.columns(this, operands.capacity()), tiles.columns());
        long wanted = GROUPS_PER_UNIT * device.units() / count;
        long most = Math.min(depth / SHORTEST_SLICE, MOST_FLOATS / shape.weights());
        return (int) Math.max(1, Math.min(wanted, most));
    }

    /** The program that computes it when it is cut so. */
    String file(ProductTiles tiles) {
        return tiles.family() + "_" + pass + ".cl";
    }

    /** The numbers of that program. */
    Defines defines(ProductTiles tiles, ClDevice device) {
        return tiles.defines(this).with(own).with(shape.defines()).with("SLICES", slices(tiles, device));
    }

    /** What tells it from products that take another time. */
    String identity() {
        return String.join(
                "\n",
                pass,
                own.toString(),
                shape.defines().toString(),
                finish.activation().defineIfFrequent().toString(),
                Boolean.toString(isAligned(GemmTiles.VECTOR)),
                size().toString());
    }
}
