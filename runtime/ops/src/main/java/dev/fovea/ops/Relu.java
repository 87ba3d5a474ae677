package dev.fovea.ops;

/** Rectified linear unit (Nair and Hinton 2010). */
public record Relu() implements Op {
    /** The definition. */
    public static final OpDef<Relu> DEF = OpDef.named("relu")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Nair and Hinton 2010")
            .summary("sets negative elements to zero")
            .formula("y = max(x, 0); dx = dy where y > 0, else 0")
            .input("x")
            .build(a -> new Relu(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.IN_PLACE, Trait.ACTIVATION, Trait.NONLINEARITY)
            .sample(new Relu(), Shape.of(5, 3, 7))
            .sample(new Relu(), Shape.of(19));

    @Override
    public OpDef<Relu> def() {
        return DEF;
    }
}
