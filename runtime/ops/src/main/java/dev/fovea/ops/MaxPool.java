package dev.fovea.ops;

import java.util.List;

/**
 * The largest element of each window of each channel.
 *
 * @param kernel the window
 * @param stride from one window to the next
 * @param padding counts as −∞; at most half the window
 * @param dilation from one element a window reads to the next
 * @param ceilMode whether a last window may hang over the border
 */
public record MaxPool(Pair kernel, Pair stride, Padding padding, Pair dilation, boolean ceilMode) implements Op {
    /** The definition. */
    public static final OpDef<MaxPool> DEF = OpDef.named("maxpool")
            .family(OperatorFamily.POOLING)
            .outputShape(
                    "[C, H', W'] of [C, H, W]; H' = floor((H + 2P − D(F − 1) − 1)/S) + 1, with ceil_mode rounded up, W' likewise")
            .source("Ranzato et al. 2007")
            .summary("keeps the largest element of each window")
            .formula("y[c, i, j] = max over u, v of x[c, i·S + u·D − P, j·S + v·D − P]")
            .notes("PyTorch's MaxPool2d. Padding counts as −∞. Of equal elements the first in reading order wins and"
                    + " gets the gradient; NaN wins over all. With ceil_mode a window must begin within the input"
                    + " or the padding before it; Caffe drops such a window only where there is padding, and"
                    + " always rounds up.")
            .input("x")
            .required("kernel", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the window")
            .sameAs("stride", AttributeType.PAIR, "kernel", Limit.AT_LEAST_ONE, "from window to window")
            .attribute("padding", AttributeType.PADDING, Padding.NONE, Limit.NOT_NEGATIVE, "around the input")
            .attribute("dilation", AttributeType.PAIR, Pair.square(1), Limit.AT_LEAST_ONE, "from element to element")
            .attribute("ceil_mode", AttributeType.BOOL, false, Limit.ANY, "round the output's size up")
            .build(
                    a -> new MaxPool(
                            a.pair("kernel"),
                            a.pair("stride"),
                            a.padding("padding"),
                            a.pair("dilation"),
                            a.flag("ceil_mode")),
                    MaxPool::infer)
            .windows((op, inputs) -> op.window(inputs.get(0)))
            .reach((op, inputs, output) -> Reach.of(op.kernel, op.stride, op.dilation))
            .saves((op, inputs, output) -> new Saved(output.size(), 0))
            .sample(new MaxPool(Pair.square(2), Pair.square(2), Padding.NONE, Pair.square(1), false), Shape.of(3, 8, 7))
            .sample(
                    new MaxPool(Pair.square(3), Pair.square(2), Padding.all(1), Pair.square(1), false),
                    Shape.of(5, 9, 12))
            .sample(new MaxPool(Pair.square(3), Pair.square(2), Padding.NONE, Pair.square(1), true), Shape.of(3, 8, 10))
            .sample(
                    new MaxPool(new Pair(3, 2), new Pair(1, 2), Padding.of(1, 0, 1, 1), new Pair(2, 3), false),
                    Shape.of(4, 7, 9))
            .sample(new MaxPool(Pair.square(2), Pair.square(3), Padding.NONE, Pair.square(1), false), Shape.of(4, 8, 5))
            .sample(
                    new MaxPool(Pair.square(2), Pair.square(2), Padding.all(1), Pair.square(1), true),
                    Shape.of(4, 3, 5));

    /** The windows over an input of this shape; the padding never wins. */
    public Window window(Shape input) {
        return Window.accepted(input, kernel, stride, padding, dilation, rounding());
    }

    private Shape infer(List<Shape> inputs, Findings findings) throws Misfit {
        Shape input = inputs.get(0);
        Require.image("maxpool", input);
        Require.atMostHalf(padding, kernel, dilation);
        Window window = Window.over(input, kernel, stride, padding, dilation, rounding());
        Require.someInput(window);
        window.report(padding, findings);
        return window.output(input.channels());
    }

    private Rounding rounding() {
        return ceilMode ? Rounding.CEIL_FROM_INSIDE : Rounding.FLOOR;
    }

    @Override
    public OpDef<MaxPool> def() {
        return DEF;
    }
}
