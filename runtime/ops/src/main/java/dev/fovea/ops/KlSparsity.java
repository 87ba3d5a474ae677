package dev.fovea.ops;

/**
 * The Kullback-Leibler divergence of units that are active with probability rho from the mean activations over the batch.
 *
 * @param rho the mean activation aimed at
 */
public record KlSparsity(float rho) implements Op {
    /** The definition. */
    public static final OpDef<KlSparsity> DEF = OpDef.named("kl_sparsity")
            .family(OperatorFamily.LOSS)
            .outputShape("[1] of a tensor")
            .source("Lee, Ekanadham and Ng 2008")
            .summary("measures how far the units' mean activations are from the one aimed at")
            .formula("y = Σ_j rho·log(rho/m[j]) + (1 − rho)·log((1 − rho)/(1 − m[j])), m = mean of x over the batch")
            .notes(
                    "The penalty of a sparse auto-encoder (Lee, Ekanadham and Ng 2008), without a target: the sum over the units of a sample, the same value for each sample of the batch. Units are sigmoids: a mean activation outside 0 to 1 gives NaN.")
            .probability("x")
            .required("rho", AttributeType.FLOAT, Limit.INSIDE, "mean activation aimed at")
            .build(a -> new KlSparsity(a.real("rho")), (op, inputs, findings) -> Shape.of(1))
            .saves((op, inputs, output) -> new Saved(0, inputs.get(0).size()))
            .traits(Trait.LOSS, Trait.CROSSES_SAMPLES)
            .sample(new KlSparsity(0.05f), Shape.of(5, 3, 7))
            .sample(new KlSparsity(0.3f), Shape.of(19));

    @Override
    public OpDef<KlSparsity> def() {
        return DEF;
    }
}
