package dev.fovea.ops;

/**
 * The squashing function of LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998, appendix A): f(1) = 1 and f(−1) = −1.
 */
public record ScaledTanh() implements Op {
    /** A. */
    public static final float AMPLITUDE = 1.7159f;

    /** The definition. */
    public static final OpDef<ScaledTanh> DEF = OpDef.named("scaled_tanh")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("LeCun, Bottou, Bengio and Haffner 1998, appendix A")
            .summary("squashes each element into (−1.7159, 1.7159)")
            .formula("y = A·tanh(2x/3), A = 1.7159; dx = dy·(A² − y²)·2/(3A)")
            .input("x")
            .build(a -> new ScaledTanh(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.IN_PLACE, Trait.ACTIVATION, Trait.NONLINEARITY)
            .sample(new ScaledTanh(), Shape.of(5, 3, 7))
            .sample(new ScaledTanh(), Shape.of(19));

    @Override
    public OpDef<ScaledTanh> def() {
        return DEF;
    }
}
