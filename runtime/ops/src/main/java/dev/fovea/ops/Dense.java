package dev.fovea.ops;

import java.util.List;

/**
 * A fully connected layer on a vector {@code [N]}: weight {@code [units, N]}, bias {@code [units]}.
 *
 * @param units the outputs
 * @param bias whether there is one
 * @param init how the weight is filled; the bias always has PyTorch's default
 */
public record Dense(int units, boolean bias, Initializer init) implements Op {
    /** The definition. */
    public static final OpDef<Dense> DEF = OpDef.named("dense")
            .summary("multiplies a vector by a matrix and adds a bias")
            .formula("y[u] = Σ_n weight[u, n]·x[n] + bias[u]")
            .notes("PyTorch's Linear: the weight is [units, inputs]. The input must be a vector: flatten first.")
            .input("x")
            .required("units", AttributeType.INT, Limit.AT_LEAST_ONE, "outputs")
            .attribute("bias", AttributeType.BOOL, true, Limit.ANY, "add a bias to each output")
            .attribute("init", AttributeType.INITIALIZER, Initializer.DEFAULT, Limit.ANY, "how the weight is filled")
            .build(
                    a -> new Dense(a.integer("units"), a.flag("bias"), a.initializer("init")),
                    (op, inputs, findings) -> op.infer(inputs.get(0)))
            .parameters((op, inputs, output) -> op.parameters(inputs.get(0)))
            .macs((op, inputs, output) -> Math.multiplyExact(inputs.get(0).size(), output.size()))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION)
            .sample(new Dense(7, true, Initializer.DEFAULT), Shape.of(13))
            .sample(new Dense(33, false, Initializer.DEFAULT), Shape.of(70));

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
        Parameter weight = Parameter.trainable("weight", Shape.of(units, inputs), init, inputs, units);
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
