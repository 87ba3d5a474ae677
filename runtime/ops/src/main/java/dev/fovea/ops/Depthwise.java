package dev.fovea.ops;

import java.util.List;
import java.util.Map;

/**
 * A convolution of each channel by itself: {@link Conv} with as many groups as the input has channels. Weight
 * {@code [C·multiplier, 1, kh, kw]}, bias {@code [C·multiplier]}.
 *
 * @param kernel the window
 * @param multiplier output channels of each input channel: those of channel c are {@code c·multiplier} and on
 * @param stride from one window to the next
 * @param padding around the input
 * @param dilation from one element a window reads to the next
 * @param bias whether there is one
 * @param paddingMode what is read in the padding
 * @param init how the weight is filled; the bias always has PyTorch's default
 * @param round what becomes of a last window that is only partly within the padded input
 */
public record Depthwise(
        Pair kernel,
        int multiplier,
        Pair stride,
        Padding padding,
        Pair dilation,
        boolean bias,
        PaddingMode paddingMode,
        Initializer init,
        Rounding round)
        implements Op {

    /** The definition. */
    public static final OpDef<Depthwise> DEF = samples(OpDef.named("depthwise")
            .family(OperatorFamily.WEIGHTS)
            .outputShape("[C·multiplier, H', W'] of [C, H, W]; H' = floor((H + 2P − D(F − 1) − 1)/S) + 1, W' likewise")
            .source("Howard et al. 2017; Chollet 2017")
            .summary("slides a window over each channel by itself")
            .formula("y[c·m + k, i, j] = Σ_u Σ_v weight[c·m + k, 0, u, v]·x[c, i·S + u·D − P, j·S + v·D − P]"
                    + " + bias[c·m + k], m = multiplier")
            .notes("A `conv` with as many groups as channels (MobileNet, Howard et al. 2017), with its arguments and"
                    + " parameters.")
            .input("x")
            .required("kernel", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the window")
            .attribute("multiplier", AttributeType.INT, 1, Limit.AT_LEAST_ONE, "output channels of each channel")
            .attribute("stride", AttributeType.PAIR, Pair.square(1), Limit.AT_LEAST_ONE, "from window to window")
            .attribute("padding", AttributeType.PADDING, Padding.NONE, Limit.NOT_NEGATIVE, "around the input")
            .attribute("dilation", AttributeType.PAIR, Pair.square(1), Limit.AT_LEAST_ONE, "from element to element")
            .attribute("bias", AttributeType.BOOL, true, Limit.ANY, "add a bias to each output channel")
            .attribute("padding_mode", PaddingMode.TYPE, "zeros", Limit.ANY, "what is read in the padding")
            .attribute("init", AttributeType.INITIALIZER, Initializer.DEFAULT, Limit.ANY, "how the weight is filled")
            .attribute("round", Rounding.TYPE, "floor", Limit.ANY, "what to do when the stride does not divide")
            .build(Depthwise::of, (op, inputs, findings) -> op.infer(inputs, findings))
            .parameters((op, inputs, output) ->
                    ConvShape.parameters(op.convolution(inputs.get(0).channels()), inputs.get(0)))
            .macs((op, inputs, output) ->
                    ConvShape.macs(op.convolution(inputs.get(0).channels()), inputs.get(0), output))
            .reach((op, inputs, output) -> Reach.of(op.kernel, op.stride, op.dilation))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION, Trait.TAKES_FOLDS));

    private static OpDef<Depthwise> samples(OpDef<Depthwise> def) {
        return def.sample(def.create(Map.of("kernel", Pair.square(3), "padding", Padding.all(1))), Shape.of(9, 7, 13))
                .sample(
                        def.create(
                                Map.of("kernel", Pair.square(3), "stride", Pair.square(2), "padding", Padding.all(1))),
                        Shape.of(5, 9, 14))
                .sample(
                        def.create(Map.of("kernel", new Pair(3, 5), "multiplier", 3, "bias", false)),
                        Shape.of(4, 6, 11))
                .sample(
                        def.create(Map.of(
                                "kernel",
                                new Pair(2, 3),
                                "stride",
                                new Pair(1, 3),
                                "padding",
                                Padding.of(1, 0, 0, 2),
                                "dilation",
                                new Pair(3, 2))),
                        Shape.of(3, 8, 10))
                .sample(
                        def.create(Map.of(
                                "kernel",
                                Pair.square(3),
                                "padding",
                                Padding.of(2, 1, 1, 3),
                                "padding_mode",
                                "reflect")),
                        Shape.of(4, 5, 7));
    }

    private static Depthwise of(Attributes a) {
        return new Depthwise(
                a.pair("kernel"),
                a.integer("multiplier"),
                a.pair("stride"),
                a.padding("padding"),
                a.pair("dilation"),
                a.flag("bias"),
                PaddingMode.of(a.text("padding_mode")),
                a.initializer("init"),
                Rounding.of(a.text("round")));
    }

    /**
     * The same as a grouped convolution.
     *
     * @param inputs channels of the input; times the multiplier they fit 32 bits
     */
    public Conv convolution(int inputs) {
        return new Conv(
                Math.multiplyExact(inputs, multiplier),
                kernel,
                stride,
                padding,
                dilation,
                inputs,
                bias,
                paddingMode,
                init,
                List.of(),
                round);
    }

    private Shape infer(List<Shape> inputs, Findings findings) throws Misfit {
        Shape input = inputs.get(0);
        Require.image("depthwise", input);
        long channels = (long) input.channels() * multiplier;
        if (channels > Integer.MAX_VALUE) {
            throw new Misfit(
                    "CNN0302",
                    "the output has too many channels",
                    multiplier + " for each of " + input.channels() + ": " + channels,
                    List.of("use a smaller multiplier"));
        }
        return ConvShape.infer(convolution(input.channels()), inputs, findings);
    }

    @Override
    public OpDef<Depthwise> def() {
        return DEF;
    }
}
