package dev.fovea.ops;

import java.util.List;

/**
 * LeNet-5's output layer: the squared Euclidean distance of a vector {@code [N]} to a fixed code for each class. Weight
 * {@code [units, N]}, never trained.
 *
 * @param units the classes
 */
public record Rbf(int units) implements Op {
    /** The definition. */
    public static final OpDef<Rbf> DEF = OpDef.named("rbf")
            .family(OperatorFamily.WEIGHTS)
            .outputShape("[units] of [N]")
            .source("LeCun, Bottou, Bengio and Haffner 1998")
            .summary("measures the squared distance to a fixed code for each class")
            .formula("y[u] = Σ_n (x[n] − weight[u, n])²")
            .notes(
                    "The Euclidean radial basis functions of LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998). The codes are"
                            + " drawn from −1 and 1; the paper's, stylised 7×12 bitmaps of the characters, can be loaded in their"
                            + " place. They are saved with the weights, but never trained and not counted as parameters, nor are"
                            + " their multiply-adds. The smaller the output the likelier the class.")
            .input("x")
            .required("units", AttributeType.INT, Limit.AT_LEAST_ONE, "classes")
            .build(a -> new Rbf(a.integer("units")), (op, inputs, findings) -> op.infer(inputs.get(0)))
            .parameters((op, inputs, output) -> List.of(
                    Parameter.fixed("weight", Shape.of(op.units, inputs.get(0).extent(0)), Initializer.SIGNS)))
            .backwardReads(Reads.INPUTS)
            .sample(new Rbf(5), Shape.of(84))
            .sample(new Rbf(17), Shape.of(3));

    private Shape infer(Shape input) throws Misfit {
        if (input.rank() != 1) {
            throw new Misfit(
                    "CNN0310",
                    "`rbf` needs a vector",
                    "the input is " + input + ", of rank " + input.rank(),
                    List.of("put `flatten` before it: " + input + " becomes [" + input.size() + "]"));
        }
        return Shape.of(units);
    }

    @Override
    public OpDef<Rbf> def() {
        return DEF;
    }
}
