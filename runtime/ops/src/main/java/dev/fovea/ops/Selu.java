package dev.fovea.ops;

/**
 * Scaled exponential linear unit (Klambauer et al. 2017): keeps mean 0 and variance 1 from layer to layer.
 */
public record Selu() implements Op {
    /** λ. */
    public static final float LAMBDA = 1.050701f;
    /** λ·α: what large negative elements approach, negated. */
    public static final float LAMBDA_ALPHA = (float) (1.0507009873554805 * 1.6732632423543772);

    /** The definition. */
    public static final OpDef<Selu> DEF = OpDef.named("selu")
            .family(OperatorFamily.ACTIVATION)
            .outputShape("that of the input")
            .source("Klambauer et al. 2017")
            .summary("scales elements such that means and variances stay what they are")
            .formula("y = λ·x where x > 0, else λα·(e^x − 1), λ = 1.0507, α = 1.67326; dx = dy·λ where y > 0, else"
                    + " dy·(y + λα)")
            .notes("The constants to float: 1.0507009873554805 and 1.6732632423543772. The gradient at 0 is λα·dy, as"
                    + " in PyTorch.")
            .input("x")
            .build(a -> new Selu(), (op, inputs, findings) -> inputs.get(0))
            .backwardReads(Reads.OUTPUT)
            .traits(Trait.IN_PLACE, Trait.ACTIVATION, Trait.NONLINEARITY)
            .sample(new Selu(), Shape.of(5, 3, 7))
            .sample(new Selu(), Shape.of(19));

    @Override
    public OpDef<Selu> def() {
        return DEF;
    }
}
