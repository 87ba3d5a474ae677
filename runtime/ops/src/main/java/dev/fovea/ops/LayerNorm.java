package dev.fovea.ops;

/**
 * Normalisation over the channels at each position (Ba, Kiros and Hinton 2016). The parameters are {@code weight} and
 * {@code bias}, each {@code [C]}. Training saves for each sample a mean for each position, then as many inverse deviations
 * 1/√(var + eps).
 *
 * @param eps added to the variance
 */
public record LayerNorm(float eps) implements Op {
    /** The definition. */
    public static final OpDef<LayerNorm> DEF = OpDef.named("layernorm")
            .family(OperatorFamily.NORMALIZATION)
            .outputShape("that of the input, of rank 1 or 3")
            .source("Ba, Kiros and Hinton 2016")
            .summary("normalises the channels of each position by their mean and variance")
            .formula("y[c] = (x[c] − mean)/√(var + eps)·weight[c] + bias[c], mean and var over the channels")
            .notes(
                    "PyTorch's LayerNorm of [N]; of images what ConvNeXt calls channels first, which is PyTorch's on [H, W, C]."
                            + " The variance is the biased one.")
            .input("x")
            .attribute("eps", AttributeType.FLOAT, 1e-5f, Limit.POSITIVE, "added to the variance")
            .build(a -> new LayerNorm(a.real("eps")), (op, inputs, findings) -> {
                Require.vectorOrImage("layernorm", inputs.get(0));
                Require.several("layernorm", inputs.get(0).channels(), "a position");
                return inputs.get(0);
            })
            .parameters((op, inputs, output) -> NormParameters.of(output.channels()))
            .saves((op, inputs, output) -> new Saved(2L * output.area(), 0))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION)
            .sample(new LayerNorm(1e-5f), Shape.of(7, 3, 5))
            .sample(new LayerNorm(1e-2f), Shape.of(4, 6, 5))
            .sample(new LayerNorm(1e-5f), Shape.of(23));

    @Override
    public OpDef<LayerNorm> def() {
        return DEF;
    }
}
