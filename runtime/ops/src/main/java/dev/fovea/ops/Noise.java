package dev.fovea.ops;

/**
 * Gaussian noise while training (Bishop 1995).
 *
 * @param std the standard deviation, not negative
 */
public record Noise(float std) implements Op {
    /** The definition. */
    public static final OpDef<Noise> DEF = OpDef.named("noise")
            .family(OperatorFamily.REGULARIZATION)
            .outputShape("that of the input")
            .source("Bishop 1995")
            .summary("adds normal noise while training")
            .formula("y = x + std·n with n drawn from N(0, 1); y = x at inference; dx = dy")
            .notes(
                    "The numbers are a function of the run's seed and step, the operator, the sample's place and the element.")
            .input("x")
            .required("std", AttributeType.FLOAT, Limit.NOT_NEGATIVE, "the standard deviation")
            .build(a -> new Noise(a.real("std")), (op, inputs, findings) -> inputs.get(0))
            .traits(Trait.IN_PLACE, Trait.IDENTITY_AT_INFERENCE)
            .sample(new Noise(0.5f), Shape.of(5, 3, 7))
            .sample(new Noise(0.1f), Shape.of(19));

    @Override
    public OpDef<Noise> def() {
        return DEF;
    }
}
