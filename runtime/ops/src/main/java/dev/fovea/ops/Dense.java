package dev.fovea.ops;

import java.util.List;
import java.util.Optional;

/**
 * A fully connected layer on a vector {@code [N]}: weight {@code [units, N]}, bias {@code [units]}.
 *
 * @param units the outputs
 * @param bias whether there is one
 * @param init how the weight is filled; the bias always has PyTorch's default
 * @param tiedTo the layer whose weight, {@code [N, units]}, is used, transposed
 */
public record Dense(int units, boolean bias, Initializer init, Tie tiedTo) implements Op {
    private static final AttributeType TIE = AttributeType.layer(
            "the label of a `dense` with a weight of its own, in the same scope",
            layer -> layer.op() instanceof Dense dense && !dense.tiedTo.isTied()
                    ? Optional.of(new Tie(layer.name()))
                    : Optional.empty());

    /** The definition. */
    public static final OpDef<Dense> DEF = OpDef.named("dense")
            .family(OperatorFamily.WEIGHTS)
            .outputShape("[units] of [N]")
            .source("Rumelhart, Hinton and Williams 1986")
            .summary("multiplies a vector by a matrix and adds a bias")
            .formula("y[u] = Σ_n weight[u, n]·x[n] + bias[u]")
            .notes("PyTorch's Linear: the weight is [units, inputs]. The input must be a vector: flatten first. With"
                    + " tied_to (auto-encoders, Hinton and Salakhutdinov 2006) y[u] = Σ_n w[n, u]·x[n] + bias[u], w"
                    + " being the weight [N, units] of the layer named: there is no weight of its own, and both"
                    + " uses add to its gradient.")
            .input("x")
            .required("units", AttributeType.INT, Limit.AT_LEAST_ONE, "outputs")
            .attribute("bias", AttributeType.BOOL, true, Limit.ANY, "add a bias to each output")
            .attribute("init", AttributeType.INITIALIZER, Initializer.DEFAULT, Limit.ANY, "how the weight is filled")
            .attribute("tied_to", TIE, Tie.NONE, Limit.ANY, "use the transpose of that layer's weight")
            .build(
                    a -> new Dense(
                            a.integer("units"), a.flag("bias"), a.initializer("init"), a.get("tied_to", Tie.class)),
                    (op, inputs, findings) -> op.infer(inputs.get(0)))
            .parameters((op, inputs, output) -> op.parameters(inputs.get(0)))
            .macs((op, inputs, output) -> Math.multiplyExact(inputs.get(0).size(), output.size()))
            .borrows(op -> op.tiedTo.weight())
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION)
            .sample(new Dense(7, true, Initializer.DEFAULT), Shape.of(13))
            .sample(new Dense(33, false, Initializer.DEFAULT), Shape.of(70))
            .sample(new Dense(9, true, Initializer.DEFAULT, new Tie("enc1")), Shape.of(14))
            .sample(new Dense(35, false, Initializer.DEFAULT, new Tie("enc2")), Shape.of(27));

    /** A layer with a weight of its own. */
    public Dense(int units, boolean bias, Initializer init) {
        this(units, bias, init, Tie.NONE);
    }

    private Shape infer(Shape input) throws Misfit {
        if (input.rank() != 1) {
            throw new Misfit(
                    "CNN0310",
                    "`dense` needs a vector",
                    "the input is " + input + ", of rank " + input.rank(),
                    List.of("put `flatten` before it: " + input + " becomes [" + input.size() + "]"));
        }
        return Shape.of(units);
    }

    private List<Parameter> parameters(Shape input) {
        int inputs = input.extent(0);
        Shape shape = tiedTo.isTied() ? Shape.of(inputs, units) : Shape.of(units, inputs);
        Parameter weight = Parameter.trainable("weight", shape, init, inputs, units);
        if (!bias) {
            return List.of(weight);
        }
        return List.of(weight, Parameter.trainable("bias", Shape.of(units), Initializer.DEFAULT, inputs, units));
    }

    @Override
    public OpDef<Dense> def() {
        return DEF;
    }
}
