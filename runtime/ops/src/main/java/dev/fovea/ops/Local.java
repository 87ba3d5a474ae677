package dev.fovea.ops;

import java.util.List;
import java.util.Map;

/**
 * A convolution without weight sharing: every position of the output has weights of its own. Weight
 * {@code [channels, H', W', C / groups, kh, kw]}, bias {@code [channels, H', W']}.
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
 * @param round what becomes of a last window that is only partly within the padded input
 */
public record Local(
        int channels,
        Pair kernel,
        Pair stride,
        Padding padding,
        Pair dilation,
        int groups,
        boolean bias,
        PaddingMode paddingMode,
        Initializer init,
        Rounding round)
        implements Op {

    /** The definition. */
    public static final OpDef<Local> DEF = samples(OpDef.named("local")
            .family(OperatorFamily.WEIGHTS)
            .outputShape("[channels, H', W'] of [C, H, W]; H' = floor((H + 2P − D(F − 1) − 1)/S) + 1, W' likewise")
            .source("LeCun 1989; Taigman et al. 2014")
            .summary("is a convolution in which every position has weights of its own")
            .formula("y[o, i, j] = Σ_c Σ_u Σ_v weight[o, i, j, c, u, v]·x[c, i·S + u·D − P, j·S + v·D − P]"
                    + " + bias[o, i, j]")
            .notes("Keras 2's LocallyConnected2D with the weight in another order. Windows, padding and groups are"
                    + " those of `conv`.")
            .input("x")
            .required("channels", AttributeType.INT, Limit.AT_LEAST_ONE, "output channels")
            .required("kernel", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the window")
            .attribute("stride", AttributeType.PAIR, Pair.square(1), Limit.AT_LEAST_ONE, "from window to window")
            .attribute("padding", AttributeType.PADDING, Padding.NONE, Limit.NOT_NEGATIVE, "around the input")
            .attribute("dilation", AttributeType.PAIR, Pair.square(1), Limit.AT_LEAST_ONE, "from element to element")
            .attribute("groups", AttributeType.INT, 1, Limit.AT_LEAST_ONE, "independent groups of channels")
            .attribute("bias", AttributeType.BOOL, true, Limit.ANY, "add a bias to each element of the output")
            .attribute("padding_mode", PaddingMode.TYPE, "zeros", Limit.ANY, "what is read in the padding")
            .attribute("init", AttributeType.INITIALIZER, Initializer.DEFAULT, Limit.ANY, "how the weight is filled")
            .attribute("round", Rounding.TYPE, "floor", Limit.ANY, "what to do when the stride does not divide")
            .build(Local::of, (op, inputs, findings) -> op.infer(inputs, findings))
            .parameters((op, inputs, output) -> op.parameters(inputs.get(0), output))
            .macs((op, inputs, output) -> ConvShape.macs(op.convolution(), inputs.get(0), output))
            .reach((op, inputs, output) -> Reach.of(op.kernel, op.stride, op.dilation))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION));

    private static OpDef<Local> samples(OpDef<Local> def) {
        return def.sample(def.create(Map.of("channels", 5, "kernel", Pair.square(3))), Shape.of(3, 6, 7))
                .sample(
                        def.create(Map.of(
                                "channels",
                                4,
                                "kernel",
                                new Pair(2, 3),
                                "stride",
                                new Pair(2, 1),
                                "padding",
                                Padding.of(1, 0, 2, 1),
                                "dilation",
                                new Pair(1, 2),
                                "groups",
                                2)),
                        Shape.of(6, 5, 4))
                .sample(
                        def.create(Map.of(
                                "channels",
                                3,
                                "kernel",
                                Pair.square(3),
                                "padding",
                                Padding.all(1),
                                "padding_mode",
                                "circular",
                                "bias",
                                false)),
                        Shape.of(2, 4, 5));
    }

    private static Local of(Attributes a) {
        return new Local(
                a.integer("channels"),
                a.pair("kernel"),
                a.pair("stride"),
                a.padding("padding"),
                a.pair("dilation"),
                a.integer("groups"),
                a.flag("bias"),
                PaddingMode.of(a.text("padding_mode")),
                a.initializer("init"),
                Rounding.of(a.text("round")));
    }

    /** The convolution that shares its weights and is else the same. */
    public Conv convolution() {
        return new Conv(channels, kernel, stride, padding, dilation, groups, bias, paddingMode, init, List.of(), round);
    }

    private Shape infer(List<Shape> inputs, Findings findings) throws Misfit {
        Require.image("local", inputs.get(0));
        return ConvShape.infer(convolution(), inputs, findings);
    }

    private List<Parameter> parameters(Shape input, Shape output) {
        int seen = input.channels() / groups;
        Shape shape = Shape.of(channels, output.height(), output.width(), seen, kernel.height(), kernel.width());
        long area = Math.multiplyExact((long) kernel.height(), kernel.width());
        long fanIn = Math.multiplyExact(seen, area);
        long fanOut = Math.multiplyExact(channels, area);
        Parameter weight = Parameter.trainable("weight", shape, init, fanIn, fanOut);
        return bias
                ? List.of(weight, Parameter.trainable("bias", output, Initializer.DEFAULT, fanIn, fanOut))
                : List.of(weight);
    }

    @Override
    public OpDef<Local> def() {
        return DEF;
    }
}
