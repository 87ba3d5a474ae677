package dev.fovea.opencl;

import dev.fovea.ops.Conv;
import dev.fovea.ops.ConvTranspose;
import dev.fovea.ops.Dense;
import dev.fovea.ops.Padding;
import dev.fovea.ops.PaddingMode;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;

/**
 * The numbers of a convolution, or of a dense layer as the convolution of a 1 × 1 image.
 *
 * @param groups of channels
 * @param inputs channels of the input in one group
 * @param outputs channels of the output in one group
 * @param rows the window along the height
 * @param columns the window along the width
 * @param table whether a table says which output channel sees which input channel
 * @param mode what is read in the padding
 */
record ConvolutionShape(
        int groups, int inputs, int outputs, Window.Axis rows, Window.Axis columns, boolean table, PaddingMode mode) {
    private static final Window.Axis POINT = new Window.Axis(1, 1, 1, 1, 0, 0, 1);

    /** Of a convolution. */
    static ConvolutionShape of(Conv conv, Shape input) {
        Window window = conv.window(input);
        return new ConvolutionShape(
                conv.groups(),
                input.channels() / conv.groups(),
                conv.channels() / conv.groups(),
                window.rows(),
                window.columns(),
                !conv.connections().isEmpty(),
                conv.paddingMode());
    }

    /** Of the convolution that a transposed one mirrors, from that one's output to its input. */
    static ConvolutionShape of(ConvTranspose op, Shape input) {
        Window window = op.window(input);
        return new ConvolutionShape(
                op.groups(),
                op.channels() / op.groups(),
                input.channels() / op.groups(),
                window.rows(),
                window.columns(),
                false,
                PaddingMode.ZEROS);
    }

    /** Of a dense layer. */
    static ConvolutionShape of(Dense dense, Shape input) {
        return new ConvolutionShape(1, input.extent(0), dense.units(), POINT, POINT, false, PaddingMode.ZEROS);
    }

    /** What lies around the input, all of it that a window may read. */
    Padding padding() {
        return Padding.of(
                rows.before(),
                Math.toIntExact(rows.after() + rows.overhang()),
                columns.before(),
                Math.toIntExact(columns.after() + columns.overhang()));
    }

    /** The same convolution of an input that is padded already. */
    ConvolutionShape padded() {
        Padding around = padding();
        return new ConvolutionShape(
                groups,
                inputs,
                outputs,
                padded(rows, around.top() + around.bottom()),
                padded(columns, around.left() + around.right()),
                table,
                PaddingMode.ZEROS);
    }

    /** The same with the image in a single row, where that makes no difference: windows of one element, one a position. */
    ConvolutionShape flattened() {
        return isPointwise(rows) && isPointwise(columns)
                ? new ConvolutionShape(
                        groups, inputs, outputs, POINT, new Window.Axis(area(), 1, 1, 1, 0, 0, area()), table, mode)
                : this;
    }

    private static boolean isPointwise(Window.Axis axis) {
        return axis.kernel() == 1 && axis.stride() == 1 && axis.before() == 0 && axis.input() == axis.output();
    }

    private static Window.Axis padded(Window.Axis axis, int padding) {
        return new Window.Axis(
                axis.input() + padding, axis.kernel(), axis.stride(), axis.dilation(), 0, 0, axis.output());
    }

    /** Of the dense layer that goes the other way. */
    ConvolutionShape mirrored() {
        return new ConvolutionShape(groups, /* inputs= */ outputs, /* outputs= */ inputs, rows, columns, table, mode);
    }

    /** Positions of the input. */
    int area() {
        return rows.input() * columns.input();
    }

    /** Positions of the output. */
    int outputArea() {
        return rows.output() * columns.output();
    }

    /** Elements of the window. */
    int kernelArea() {
        return rows.kernel() * columns.kernel();
    }

    /** All weights. */
    long weights() {
        return (long) groups * outputs * inputs * kernelArea();
    }

    /** The numbers that {@code convolution.cl} expects. */
    Defines defines() {
        return new Defines()
                .with("GROUPS", groups)
                .with("INPUTS", inputs)
                .with("OUTPUTS", outputs)
                .with(rows, columns)
                .with("TABLE", table)
                .with("MODE", DirectConvolution.mode(mode));
    }
}
