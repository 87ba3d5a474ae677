package dev.fovea.ops;

import java.util.List;

/**
 * The mean of each window of each channel.
 *
 * @param kernel the window
 * @param stride from one window to the next
 * @param padding counts as 0; at most half the window
 * @param ceilMode whether a last window may hang over the border
 * @param countIncludePad whether the divisor counts the padding; what hangs over beyond the padding is never counted
 */
public record AvgPool(Pair kernel, Pair stride, Padding padding, boolean ceilMode, boolean countIncludePad)
        implements Op {
    /** The definition. */
    public static final OpDef<AvgPool> DEF = OpDef.named("avgpool")
            .family(OperatorFamily.POOLING)
            .outputShape(
                    "[C, H', W'] of [C, H, W]; H' = floor((H + 2P − F)/S) + 1, with ceil_mode rounded up, W' likewise")
            .source("LeCun et al. 1990")
            .summary("takes the mean of each window")
            .formula("y[c, i, j] = Σ x[c, i·S + u − P, j·S + v − P] / n")
            .notes("PyTorch's AvgPool2d: n counts the elements of the window within the padded input, or within the"
                    + " input where count_include_pad=false; what hangs over in ceil_mode is never counted.")
            .input("x")
            .required("kernel", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the window")
            .sameAs("stride", AttributeType.PAIR, "kernel", Limit.AT_LEAST_ONE, "from window to window")
            .attribute("padding", AttributeType.PADDING, Padding.NONE, Limit.NOT_NEGATIVE, "around the input")
            .attribute("ceil_mode", AttributeType.BOOL, false, Limit.ANY, "round the output's size up")
            .attribute("count_include_pad", AttributeType.BOOL, true, Limit.ANY, "divide by the padding too")
            .build(
                    a -> new AvgPool(
                            a.pair("kernel"),
                            a.pair("stride"),
                            a.padding("padding"),
                            a.flag("ceil_mode"),
                            a.flag("count_include_pad")),
                    AvgPool::infer)
            .windows((op, inputs) -> op.window(inputs.get(0)))
            .reach((op, inputs, output) -> Reach.of(op.kernel, op.stride, Pair.square(1)))
            .sample(new AvgPool(Pair.square(2), Pair.square(2), Padding.NONE, false, true), Shape.of(3, 8, 7))
            .sample(new AvgPool(Pair.square(3), Pair.square(2), Padding.all(1), true, true), Shape.of(3, 6, 8))
            .sample(new AvgPool(Pair.square(3), Pair.square(2), Padding.all(1), true, false), Shape.of(5, 8, 10))
            .sample(
                    new AvgPool(new Pair(3, 4), new Pair(1, 3), Padding.of(1, 0, 2, 1), false, true),
                    Shape.of(4, 7, 11))
            .sample(new AvgPool(Pair.square(2), Pair.square(3), Padding.NONE, false, true), Shape.of(4, 8, 5));

    /** The windows over an input of this shape. */
    public Window window(Shape input) {
        return Window.accepted(input, kernel, stride, padding, Pair.square(1), rounding());
    }

    private Shape infer(List<Shape> inputs, Findings findings) throws Misfit {
        Shape input = inputs.get(0);
        Require.image("avgpool", input);
        Require.atMostHalf(padding, kernel, Pair.square(1));
        Window window = Window.over(input, kernel, stride, padding, Pair.square(1), rounding());
        window.report(padding, findings);
        return window.output(input.channels());
    }

    private Rounding rounding() {
        return ceilMode ? Rounding.CEIL_FROM_INSIDE : Rounding.FLOOR;
    }

    @Override
    public OpDef<AvgPool> def() {
        return DEF;
    }
}
