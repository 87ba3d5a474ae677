package dev.fovea.ops;

/**
 * Drops whole channels at random while training (Tompson et al. 2015).
 *
 * @param p the probability of dropping a channel, less than 1
 */
public record Dropout2d(float p) implements Op {
    /** The definition. */
    public static final OpDef<Dropout2d> DEF = OpDef.named("dropout2d")
            .family(OperatorFamily.REGULARIZATION)
            .outputShape("that of the input, an image")
            .source("Tompson et al. 2015")
            .summary("sets whole channels to zero at random while training")
            .formula("y[c] = x[c]·m[c]/(1 − p) with m[c] = 0 with probability p, else 1; y = x at inference")
            .notes("PyTorch's Dropout2d. Drawn as dropout is.")
            .input("x")
            .required("p", AttributeType.FLOAT, Limit.FRACTION, "the probability of dropping a channel")
            .build(a -> new Dropout2d(a.real("p")), (op, inputs, findings) -> inputs.get(0))
            .traits(Trait.IN_PLACE, Trait.IDENTITY_AT_INFERENCE)
            .sample(new Dropout2d(0.5f), Shape.of(5, 3, 7))
            .sample(new Dropout2d(0.2f), Shape.of(19));

    @Override
    public OpDef<Dropout2d> def() {
        return DEF;
    }
}
