package dev.fovea.ops;

import java.util.List;

/**
 * A two-dimensional convolution (cross-correlation, as everywhere) of an image {@code [C, H, W]}: weight
 * {@code [channels, C / groups, kh, kw]}, bias {@code [channels]}.
 *
 * @param channels of the output
 * @param kernel the window
 * @param stride from one window to the next
 * @param padding around the input
 * @param dilation from one element a window reads to the next
 * @param groups into which both the input's and the output's channels are cut: group g sees only group g
 * @param bias whether there is one
 * @param paddingMode what is read in the padding
 * @param init how the weight is filled; the bias always has PyTorch's default
 * @param connections for each output channel the input channels it sees; empty when it sees all of its group
 * @param round what becomes of a last window that is only partly within the padded input
 */
public record Conv(
        int channels,
        Pair kernel,
        Pair stride,
        Padding padding,
        Pair dilation,
        int groups,
        boolean bias,
        PaddingMode paddingMode,
        Initializer init,
        List<List<Integer>> connections,
        Rounding round)
        implements Op {

    /** The definition. */
    public static final OpDef<Conv> DEF = ConvSamples.on(OpDef.named("conv")
            .family(OperatorFamily.WEIGHTS)
            .outputShape("[channels, H', W'] of [C, H, W]; H' = floor((H + 2P − D(F − 1) − 1)/S) + 1, W' likewise")
            .source("LeCun et al. 1989; Dumoulin and Visin 2016 for the arithmetic")
            .summary("slides a window over an image and multiplies what it sees by a weight for each output channel")
            .formula("y[o, i, j] = Σ_c Σ_u Σ_v weight[o, c, u, v]·x[c, i·S + u·D − P, j·S + v·D − P] + bias[o]")
            .notes("PyTorch's Conv2d. The output has H' = floor((H + 2P − D(F − 1) − 1)/S) + 1 rows. \"same\" pads to"
                    + " ceil(H / S) rows as TensorFlow does, an odd rest to the bottom and right; PyTorch refuses it with a"
                    + " stride. With `connections` (LeNet-5's C3, LeCun et al. 1998) the weight keeps its full shape; what"
                    + " the table leaves out is never read, gets no gradient and is not counted.")
            .input("x")
            .required("channels", AttributeType.INT, Limit.AT_LEAST_ONE, "output channels")
            .required("kernel", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the window")
            .attribute("stride", AttributeType.PAIR, Pair.square(1), Limit.AT_LEAST_ONE, "from window to window")
            .attribute("padding", AttributeType.PADDING, Padding.NONE, Limit.NOT_NEGATIVE, "around the input")
            .attribute("dilation", AttributeType.PAIR, Pair.square(1), Limit.AT_LEAST_ONE, "from element to element")
            .attribute("groups", AttributeType.INT, 1, Limit.AT_LEAST_ONE, "independent groups of channels")
            .attribute("bias", AttributeType.BOOL, true, Limit.ANY, "add a bias to each output channel")
            .attribute("padding_mode", PaddingMode.TYPE, "zeros", Limit.ANY, "what is read in the padding")
            .attribute("init", AttributeType.INITIALIZER, Initializer.DEFAULT, Limit.ANY, "how the weight is filled")
            .attribute(
                    "connections",
                    AttributeType.INT_LISTS,
                    List.of(),
                    Limit.NOT_NEGATIVE,
                    "for each output channel the input channels it sees; all when empty")
            .attribute("round", Rounding.TYPE, "floor", Limit.ANY, "what to do when the stride does not divide")
            .build(Conv::of, ConvShape::infer)
            .parameters((op, inputs, output) -> ConvShape.parameters(op, inputs.get(0)))
            .macs((op, inputs, output) -> ConvShape.macs(op, inputs.get(0), output))
            .reach((op, inputs, output) -> Reach.of(op.kernel, op.stride, op.dilation))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION, Trait.TAKES_FOLDS));

    /** Copies the table. */
    public Conv {
        connections = connections.stream().map(List::copyOf).toList();
    }

    private static Conv of(Attributes a) {
        return new Conv(
                a.integer("channels"),
                a.pair("kernel"),
                a.pair("stride"),
                a.padding("padding"),
                a.pair("dilation"),
                a.integer("groups"),
                a.flag("bias"),
                PaddingMode.of(a.text("padding_mode")),
                a.initializer("init"),
                a.integerLists("connections"),
                Rounding.of(a.text("round")));
    }

    /**
     * The windows over an input of this shape. What the last of them read beyond the padded input is padding too, see
     * {@link Window.Axis#overhang}.
     *
     * @throws IllegalArgumentException when the shape rule would refuse it
     */
    public Window window(Shape input) {
        return Window.accepted(input, kernel, stride, padding, dilation, round);
    }

    @Override
    public OpDef<Conv> def() {
        return DEF;
    }
}
