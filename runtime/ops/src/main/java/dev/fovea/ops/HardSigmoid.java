package dev.fovea.ops;

/**
 * The sigmoid of straight lines (Courbariaux, Bengio and David 2015), with the slope of MobileNetV3.
 */
public record HardSigmoid() implements Op {
    /** The definition. */
    public static final OpDef<HardSigmoid> DEF = OpDef.named("hardsigmoid")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Courbariaux, Bengio and David 2015; the slope of Howard et al. 2019")
            .summary("approximates the sigmoid by a straight line between −3 and 3")
            .formula("y = min(max(x + 3, 0), 6)/6; dx = dy/6 where 0 < y < 1, else 0")
            .notes("PyTorch's Hardsigmoid: no gradient at −3 and at 3. Keras before version 3 had the slope 1/5.")
            .input("x")
            .build(a -> new HardSigmoid(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.IN_PLACE, Trait.ACTIVATION, Trait.NONLINEARITY)
            .sample(new HardSigmoid(), Shape.of(5, 3, 7))
            .sample(new HardSigmoid(), Shape.of(19));

    @Override
    public OpDef<HardSigmoid> def() {
        return DEF;
    }
}
