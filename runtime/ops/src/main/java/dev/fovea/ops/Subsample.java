package dev.fovea.ops;

import java.util.List;

/**
 * LeNet-5's trainable pooling: the sum of each window times a coefficient of the channel, plus a bias. Weight and bias
 * {@code [C]}.
 *
 * @param kernel the window, and the step from one to the next
 * @param init how the weight is filled; the bias always has PyTorch's default
 */
public record Subsample(Pair kernel, Initializer init) implements Op {
    /** The definition. */
    public static final OpDef<Subsample> DEF = OpDef.named("subsample")
            .family(OperatorFamily.POOLING)
            .outputShape("[C, H/F, W/F] of [C, H, W]")
            .source("LeCun, Bottou, Bengio and Haffner 1998")
            .summary("sums each window, times one trained coefficient a channel, plus one bias")
            .formula("y[c, i, j] = weight[c]·Σ_u Σ_v x[c, i·F + u, j·F + v] + bias[c]")
            .notes("The layers S2 and S4 of LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998); the fan in is the"
                    + " window's size. Windows do not overlap. No multiply-adds are counted.")
            .input("x")
            .required("kernel", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the window")
            .attribute("init", AttributeType.INITIALIZER, Initializer.DEFAULT, Limit.ANY, "how the weight is filled")
            .build(
                    a -> new Subsample(a.pair("kernel"), a.initializer("init")),
                    (op, inputs, findings) -> op.infer(inputs.get(0), findings))
            .parameters((op, inputs, output) -> op.parameters(output.channels()))
            .windows((op, inputs) -> op.window(inputs.get(0)))
            .reach((op, inputs, output) -> Reach.of(op.kernel, op.kernel, Pair.square(1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION)
            .sample(new Subsample(Pair.square(2), Initializer.DEFAULT), Shape.of(6, 8, 10))
            .sample(new Subsample(new Pair(2, 3), Initializer.DEFAULT), Shape.of(3, 5, 13))
            .sample(new Subsample(new Pair(4, 1), Initializer.DEFAULT), Shape.of(5, 4, 6));

    /**
     * The windows over an input of this shape.
     *
     * @throws IllegalArgumentException when the shape rule would refuse it
     */
    public Window window(Shape input) {
        return Window.accepted(input, kernel, kernel, Padding.NONE, Pair.square(1), Rounding.FLOOR);
    }

    private Shape infer(Shape input, Findings findings) throws Misfit {
        Require.image("subsample", input);
        Window window = Window.over(input, kernel, kernel, Padding.NONE, Pair.square(1), Rounding.FLOOR);
        window.report(Padding.NONE, findings);
        return window.output(input.channels());
    }

    private List<Parameter> parameters(int channels) {
        Shape shape = Shape.of(channels);
        long fanIn = Math.multiplyExact((long) kernel.height(), kernel.width());
        return List.of(
                Parameter.trainable("weight", shape, init, fanIn, 1),
                Parameter.trainable("bias", shape, Initializer.DEFAULT, fanIn, 1));
    }

    @Override
    public OpDef<Subsample> def() {
        return DEF;
    }
}
