package dev.fovea.ops;

/** Logistic function. */
public record Sigmoid() implements Op {
    /** The definition. */
    public static final OpDef<Sigmoid> DEF = OpDef.named("sigmoid")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Rumelhart, Hinton and Williams 1986")
            .summary("squashes each element into (0, 1)")
            .formula("y = 1/(1 + exp(−x)); dx = dy·y·(1 − y)")
            .input("x")
            .build(a -> new Sigmoid(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.IN_PLACE, Trait.ACTIVATION, Trait.NONLINEARITY)
            .sample(new Sigmoid(), Shape.of(5, 3, 7))
            .sample(new Sigmoid(), Shape.of(19));

    @Override
    public OpDef<Sigmoid> def() {
        return DEF;
    }
}
