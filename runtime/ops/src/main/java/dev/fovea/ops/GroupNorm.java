package dev.fovea.ops;

/**
 * Normalisation of each sample over groups of channels (Wu and He 2018). The parameters are {@code weight} and
 * {@code bias}, each {@code [C]}. Training saves for each sample a mean for each group, then as many inverse deviations
 * 1/√(var + eps).
 *
 * @param groups of channels, equally many each
 * @param eps added to the variance
 */
public record GroupNorm(int groups, float eps) implements Op {
    /** The definition. */
    public static final OpDef<GroupNorm> DEF = OpDef.named("groupnorm")
            .family(OperatorFamily.NORMALIZATION)
            .outputShape("that of the input, of rank 1 or 3")
            .source("Wu and He 2018")
            .summary("normalises groups of channels of each sample by their mean and variance")
            .formula(
                    "y = (x − mean)/√(var + eps)·weight[c] + bias[c], mean and var over the channels and positions of a group")
            .notes(
                    "PyTorch's GroupNorm. One group is layer normalisation over the whole sample. The variance is the biased"
                            + " one.")
            .input("x")
            .required("groups", AttributeType.INT, Limit.AT_LEAST_ONE, "groups of channels")
            .attribute("eps", AttributeType.FLOAT, 1e-5f, Limit.POSITIVE, "added to the variance")
            .build(a -> new GroupNorm(a.integer("groups"), a.real("eps")), (op, inputs, findings) -> {
                Shape input = inputs.get(0);
                Require.vectorOrImage("groupnorm", input);
                Require.groups(op.groups, input.channels());
                Require.several("groupnorm", input.size() / op.groups, "a group");
                return input;
            })
            .parameters((op, inputs, output) -> NormParameters.of(output.channels()))
            .saves((op, inputs, output) -> new Saved(2L * op.groups, 0))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION)
            .sample(new GroupNorm(2, 1e-5f), Shape.of(6, 3, 5))
            .sample(new GroupNorm(1, 1e-2f), Shape.of(4, 5, 3))
            .sample(new GroupNorm(3, 1e-5f), Shape.of(12));

    @Override
    public OpDef<GroupNorm> def() {
        return DEF;
    }
}
