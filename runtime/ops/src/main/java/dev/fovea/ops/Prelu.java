package dev.fovea.ops;

import java.util.List;

/**
 * Rectified linear unit with a learned slope for negative elements (He et al. 2015): parameter {@code weight}, {@code [1]} or
 * {@code [C]}.
 *
 * @param perChannel whether each channel has a slope of its own
 */
public record Prelu(boolean perChannel) implements Op {
    /** The definition. */
    public static final OpDef<Prelu> DEF = OpDef.named("prelu")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("He et al. 2015, Delving Deep into Rectifiers")
            .summary("multiplies negative elements by a learned slope")
            .formula("y = x where x > 0, else weight·x; dweight = Σ dy·x where x ≤ 0")
            .notes("PyTorch's PReLU; the slope is 0.25 before training. It may become negative, when the output's"
                    + " sign no longer tells the input's, and its gradient is a sum of inputs: backward needs the"
                    + " input and nothing fuses it. At 0 the gradient is weight·dy, as in PyTorch.")
            .input("x")
            .attribute("per_channel", AttributeType.BOOL, false, Limit.ANY, "a slope for each channel")
            .build(a -> new Prelu(a.flag("per_channel")), (op, inputs, findings) -> {
                Require.vectorOrImage("prelu", inputs.get(0));
                return inputs.get(0);
            })
            .parameters((op, inputs, output) -> List.of(Parameter.trainable(
                    "weight", Shape.of(op.perChannel() ? output.channels() : 1), Initializer.constant(0.25f), 1, 1)))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.NONLINEARITY)
            .sample(new Prelu(false), Shape.of(5, 3, 7))
            .sample(new Prelu(true), Shape.of(4, 6, 5))
            .sample(new Prelu(true), Shape.of(19));

    @Override
    public OpDef<Prelu> def() {
        return DEF;
    }
}
