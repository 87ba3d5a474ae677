package dev.fovea.ops;

/** Hyperbolic tangent. */
public record Tanh() implements Op {
    /** The definition. */
    public static final OpDef<Tanh> DEF = OpDef.named("tanh")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("LeCun et al. 1989")
            .summary("squashes each element into (−1, 1)")
            .formula("y = tanh(x); dx = dy·(1 − y²)")
            .input("x")
            .build(a -> new Tanh(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.IN_PLACE, Trait.ACTIVATION, Trait.NONLINEARITY)
            .sample(new Tanh(), Shape.of(5, 3, 7))
            .sample(new Tanh(), Shape.of(19));

    @Override
    public OpDef<Tanh> def() {
        return DEF;
    }
}
