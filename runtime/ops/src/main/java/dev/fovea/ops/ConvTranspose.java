package dev.fovea.ops;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A transposed convolution of an image {@code [C, H, W]}: what the gradient of a {@link Conv} is to its input. Weight
 * {@code [C, channels / groups, kh, kw]}, bias {@code [channels]}.
 *
 * @param channels of the output
 * @param kernel the window that each element of the input is spread over
 * @param stride from one such window to the next, in the output
 * @param padding what is cut off the output, on each side
 * @param outputPadding rows at the bottom and columns at the right that are added to the output
 * @param dilation from one element of a window to the next
 * @param groups into which both the input's and the output's channels are cut
 * @param bias whether there is one
 * @param init how the weight is filled; the bias always has PyTorch's default
 * @param tiedTo the convolution whose weight is used: its layout is the same
 */
public record ConvTranspose(
        int channels,
        Pair kernel,
        Pair stride,
        Padding padding,
        Pair outputPadding,
        Pair dilation,
        int groups,
        boolean bias,
        Initializer init,
        Tie tiedTo)
        implements Op {
    // A table's zeros would be given a gradient here.
    private static final AttributeType TIE = AttributeType.layer(
            "the label of a `conv` without `connections`, in the same scope",
            layer -> layer.op() instanceof Conv conv && conv.connections().isEmpty()
                    ? Optional.of(new Tie(layer.name()))
                    : Optional.empty());

    /** The definition. */
    public static final OpDef<ConvTranspose> DEF = samples(OpDef.named("conv_transpose")
            .family(OperatorFamily.WEIGHTS)
            .outputShape("[channels, H', W'] of [C, H, W]; H' = (H − 1)S − 2P + D(F − 1) + OP + 1, W' likewise")
            .source("Zeiler et al. 2010; Dumoulin and Visin 2016 for the arithmetic")
            .summary("spreads each element of an image over a window, as the gradient of a convolution does")
            .formula("y[o, i·S + u·D − P, j·S + v·D − P] = Σ_c weight[c, o, u, v]·x[c, i, j] + bias[o], summed over all"
                    + " i, j, u, v that meet there")
            .notes("PyTorch's ConvTranspose2d: H' = (H − 1)S − 2P + D(F − 1) + OP + 1. The weight is [C,"
                    + " channels/groups, kh, kw], that of the convolution from the output's shape to the input's."
                    + " Of the sizes that such a convolution would map to H, output_padding chooses one; it is"
                    + " less than the stride or the dilation. The multiply-adds are that convolution's: one for"
                    + " each weight and each element of the input's plane, also where the padding cuts off what"
                    + " they give. With tied_to there is no weight of its own: it is that of the `conv` named,"
                    + " whose layout is the same, and both uses add to its gradient.")
            .input("x")
            .required("channels", AttributeType.INT, Limit.AT_LEAST_ONE, "output channels")
            .required("kernel", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the window")
            .attribute("stride", AttributeType.PAIR, Pair.square(1), Limit.AT_LEAST_ONE, "from window to window")
            .attribute("padding", AttributeType.SIDES, Padding.NONE, Limit.NOT_NEGATIVE, "cut off the output")
            .attribute(
                    "output_padding",
                    AttributeType.PAIR,
                    Pair.square(0),
                    Limit.NOT_NEGATIVE,
                    "rows and columns added at the bottom and right")
            .attribute("dilation", AttributeType.PAIR, Pair.square(1), Limit.AT_LEAST_ONE, "from element to element")
            .attribute("groups", AttributeType.INT, 1, Limit.AT_LEAST_ONE, "independent groups of channels")
            .attribute("bias", AttributeType.BOOL, true, Limit.ANY, "add a bias to each output channel")
            .attribute("init", AttributeType.INITIALIZER, Initializer.DEFAULT, Limit.ANY, "how the weight is filled")
            .attribute("tied_to", TIE, Tie.NONE, Limit.ANY, "use that convolution's weight")
            .build(ConvTranspose::of, (op, inputs, findings) -> op.infer(inputs.get(0)))
            .parameters((op, inputs, output) -> op.parameters(inputs.get(0)))
            .macs((op, inputs, output) -> op.macs(inputs.get(0)))
            .reach((op, inputs, output) -> op.reach())
            .borrows(op -> op.tiedTo.weight())
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION));

    private static OpDef<ConvTranspose> samples(OpDef<ConvTranspose> def) {
        sample(def, 5, Pair.square(3), Map.of(), Shape.of(4, 6, 7));
        sample(def, 6, Pair.square(4), Map.of("stride", Pair.square(2), "padding", Padding.all(1)), Shape.of(3, 5, 7));
        sample(def, 7, new Pair(4, 3), Map.of("bias", false), Shape.of(11, 1, 2));
        sample(
                def,
                3,
                Pair.square(3),
                Map.of("stride", Pair.square(2), "padding", Padding.all(1), "output_padding", Pair.square(1)),
                Shape.of(5, 4, 6));
        sample(def, 4, Pair.square(2), Map.of("stride", new Pair(3, 2), "groups", 2), Shape.of(6, 3, 5));
        sample(
                def,
                6,
                new Pair(3, 2),
                Map.of(
                        "stride",
                        new Pair(1, 2),
                        "padding",
                        Padding.of(2, 0, 1, 3),
                        "dilation",
                        new Pair(2, 3),
                        "output_padding",
                        new Pair(1, 2),
                        "groups",
                        3),
                Shape.of(9, 4, 7));
        sample(def, 40, Pair.square(3), Map.of("padding", Padding.all(1)), Shape.of(29, 5, 6));
        return def;
    }

    private static void sample(
            OpDef<ConvTranspose> def, int channels, Pair kernel, Map<String, Object> rest, Shape input) {
        Map<String, Object> given = new HashMap<>(rest);
        given.put("channels", channels);
        given.put("kernel", kernel);
        def.sample(def.create(given), input);
    }

    private static ConvTranspose of(Attributes a) {
        return new ConvTranspose(
                a.integer("channels"),
                a.pair("kernel"),
                a.pair("stride"),
                a.padding("padding"),
                a.pair("output_padding"),
                a.pair("dilation"),
                a.integer("groups"),
                a.flag("bias"),
                a.initializer("init"),
                a.get("tied_to", Tie.class));
    }

    /**
     * The windows of the mirrored convolution: over the <em>output</em> of this operator, one for each element of the
     * input.
     *
     * @param input {@code [C, H, W]}
     * @throws IllegalArgumentException when the shape rule would refuse it
     */
    public Window window(Shape input) {
        try {
            return TransposedWindow.over(this, input);
        } catch (Misfit misfit) {
            throw new IllegalArgumentException(misfit.message() + ": " + misfit.label(), misfit);
        }
    }

    private Shape infer(Shape input) throws Misfit {
        Require.image("conv_transpose", input);
        ConvShape.checkGroups(groups, input.channels(), channels);
        Window window = TransposedWindow.over(this, input);
        return Shape.of(channels, window.rows().input(), window.columns().input());
    }

    private long area() {
        return Math.multiplyExact((long) kernel.height(), kernel.width());
    }

    private List<Parameter> parameters(Shape input) {
        Shape shape = Shape.of(input.channels(), channels / groups, kernel.height(), kernel.width());
        // PyTorch takes the fans from the weight's axes, so they are the mirrored convolution's.
        long fanIn = Math.multiplyExact(channels / groups, area());
        long fanOut = Math.multiplyExact(input.channels(), area());
        Parameter weight = Parameter.trainable("weight", shape, init, fanIn, fanOut);
        return bias
                ? List.of(weight, Parameter.trainable("bias", Shape.of(channels), Initializer.DEFAULT, fanIn, fanOut))
                : List.of(weight);
    }

    private long macs(Shape input) {
        long weights = Math.multiplyExact(Math.multiplyExact((long) input.channels(), channels / groups), area());
        return Math.multiplyExact(weights, (long) input.height() * input.width());
    }

    private Reach reach() {
        return new Reach(
                Math.ceil((dilation.height() * (kernel.height() - 1.0) + 1) / stride.height()),
                Math.ceil((dilation.width() * (kernel.width() - 1.0) + 1) / stride.width()),
                1.0 / stride.height(),
                1.0 / stride.width());
    }

    @Override
    public OpDef<ConvTranspose> def() {
        return DEF;
    }
}
