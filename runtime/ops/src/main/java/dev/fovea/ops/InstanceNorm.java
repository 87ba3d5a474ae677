package dev.fovea.ops;

import java.util.List;

/**
 * Normalisation of each channel of each sample (Ulyanov, Vedaldi and Lempitsky 2016). When affine the parameters are
 * {@code weight} and {@code bias}, each {@code [C]}. Training saves for each sample a mean for each channel, then as many
 * inverse deviations 1/√(var + eps).
 *
 * @param affine whether there are a weight and a bias
 * @param eps added to the variance
 */
public record InstanceNorm(boolean affine, float eps) implements Op {
    /** The definition. */
    public static final OpDef<InstanceNorm> DEF = OpDef.named("instancenorm")
            .family(OperatorFamily.NORMALIZATION)
            .outputShape("that of the input, an image")
            .source("Ulyanov, Vedaldi and Lempitsky 2016")
            .summary("normalises each channel of each sample by its mean and variance")
            .formula("y = (x − mean)/√(var + eps)·weight[c] + bias[c], mean and var over the positions of a channel")
            .notes(
                    "PyTorch's InstanceNorm2d, without running statistics as is its default. The variance is the biased one.")
            .input("x")
            .attribute("affine", AttributeType.BOOL, false, Limit.ANY, "learn a weight and a bias for each channel")
            .attribute("eps", AttributeType.FLOAT, 1e-5f, Limit.POSITIVE, "added to the variance")
            .build(a -> new InstanceNorm(a.flag("affine"), a.real("eps")), (op, inputs, findings) -> {
                Require.image("instancenorm", inputs.get(0));
                Require.several("instancenorm", inputs.get(0).area(), "a channel");
                return inputs.get(0);
            })
            .parameters((op, inputs, output) -> op.affine ? NormParameters.of(output.channels()) : List.of())
            .saves((op, inputs, output) -> new Saved(2L * output.channels(), 0))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION, Trait.SUBTRACTS_MEAN)
            .sample(new InstanceNorm(false, 1e-5f), Shape.of(5, 3, 7))
            .sample(new InstanceNorm(true, 1e-2f), Shape.of(4, 6, 5));

    @Override
    public OpDef<InstanceNorm> def() {
        return DEF;
    }
}
