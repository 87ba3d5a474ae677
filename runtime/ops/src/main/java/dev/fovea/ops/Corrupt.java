package dev.fovea.ops;

/**
 * Masking noise while training, of the denoising auto-encoder (Vincent et al. 2008): what is dropped is not made up for.
 *
 * @param p the probability of zeroing an element, less than 1
 */
public record Corrupt(float p) implements Op {
    /** The definition. */
    public static final OpDef<Corrupt> DEF = OpDef.named("corrupt")
            .family(OperatorFamily.REGULARIZATION)
            .outputShape("that of the input")
            .source("Vincent et al. 2008")
            .summary("sets elements to zero at random while training, without scaling the rest")
            .formula("y = x·m with m = 0 with probability p, else 1; y = x at inference")
            .notes("Drawn as dropout is.")
            .input("x")
            .required("p", AttributeType.FLOAT, Limit.FRACTION, "the probability of zeroing an element")
            .build(a -> new Corrupt(a.real("p")), (op, inputs, findings) -> inputs.get(0))
            .traits(Trait.IN_PLACE, Trait.IDENTITY_AT_INFERENCE)
            .sample(new Corrupt(0.5f), Shape.of(5, 3, 7))
            .sample(new Corrupt(0.2f), Shape.of(19));

    @Override
    public OpDef<Corrupt> def() {
        return DEF;
    }
}
