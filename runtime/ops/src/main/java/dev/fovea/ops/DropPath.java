package dev.fovea.ops;

/**
 * Stochastic depth: drops whole samples of a residual branch while training (Huang et al. 2016).
 *
 * @param p the probability of dropping a sample, less than 1
 */
public record DropPath(float p) implements Op {
    /** The definition. */
    public static final OpDef<DropPath> DEF = OpDef.named("drop_path")
            .family(OperatorFamily.REGULARIZATION)
            .outputShape("that of the input")
            .source("Huang et al. 2016")
            .summary("sets whole samples to zero at random while training")
            .formula("y = x·m/(1 − p) with one m for each sample, 0 with probability p, else 1; y = x at inference")
            .notes("torchvision's StochasticDepth in mode row. Drawn as dropout is.")
            .input("x")
            .required("p", AttributeType.FLOAT, Limit.FRACTION, "the probability of dropping a sample")
            .build(a -> new DropPath(a.real("p")), (op, inputs, findings) -> inputs.get(0))
            .traits(Trait.IN_PLACE, Trait.IDENTITY_AT_INFERENCE)
            .sample(new DropPath(0.5f), Shape.of(5, 3, 7))
            .sample(new DropPath(0.2f), Shape.of(19));

    @Override
    public OpDef<DropPath> def() {
        return DEF;
    }
}
