package dev.fovea.ops;

/**
 * Rectified linear unit that saturates at 6 (Krizhevsky 2010), of the MobileNets.
 */
public record Relu6() implements Op {
    /** The definition. */
    public static final OpDef<Relu6> DEF = OpDef.named("relu6")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Krizhevsky 2010")
            .summary("sets negative elements to zero and those above 6 to 6")
            .formula("y = min(max(x, 0), 6); dx = dy where 0 < y < 6, else 0")
            .notes("PyTorch's ReLU6: no gradient at 0 and at 6.")
            .input("x")
            .build(a -> new Relu6(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.IN_PLACE, Trait.ACTIVATION, Trait.NONLINEARITY)
            .sample(new Relu6(), Shape.of(5, 3, 7))
            .sample(new Relu6(), Shape.of(19));

    @Override
    public OpDef<Relu6> def() {
        return DEF;
    }
}
