package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;

/**
 * Batch normalisation of each channel (Ioffe and Szegedy 2015). The parameters are, in this order, {@code weight} and
 * {@code bias} when affine, then the state {@code running_mean} and {@code running_var}; each {@code [C]}. Training saves
 * C means, then C inverse deviations 1/√(var + eps), once a batch.
 *
 * @param eps added to the variance
 * @param momentum the share of the new statistics in the running ones
 * @param affine whether there are a weight and a bias
 */
public record BatchNorm(float eps, float momentum, boolean affine) implements Op {
    /** The definition. */
    public static final OpDef<BatchNorm> DEF = OpDef.named("batchnorm")
            .family(OperatorFamily.NORMALIZATION)
            .outputShape("that of the input, of rank 1 or 3")
            .source("Ioffe and Szegedy 2015")
            .summary("normalises each channel by its mean and variance over the batch")
            .formula("y = (x − mean)/√(var + eps)·weight + bias;"
                    + " running = (1 − momentum)·running + momentum·statistic of the batch")
            .notes(
                    "PyTorch's BatchNorm1d and BatchNorm2d: training normalises by the biased variance of batch and"
                            + " positions, the running variance takes the unbiased one; at inference the running statistics serve."
                            + " With a single value a channel the unbiased variance is taken as 0. Keras's momentum is 1 − ours.")
            .input("x")
            .attribute("eps", AttributeType.FLOAT, 1e-5f, Limit.POSITIVE, "added to the variance")
            .attribute("momentum", AttributeType.FLOAT, 0.1f, Limit.PROBABILITY, "share of the new statistics")
            .attribute("affine", AttributeType.BOOL, true, Limit.ANY, "learn a weight and a bias for each channel")
            .build(a -> new BatchNorm(a.real("eps"), a.real("momentum"), a.flag("affine")), (op, inputs, findings) -> {
                Require.vectorOrImage("batchnorm", inputs.get(0));
                return inputs.get(0);
            })
            .parameters((op, inputs, output) -> op.parameters(output.channels()))
            .saves((op, inputs, output) -> new Saved(0, 2L * output.channels()))
            .backwardReads(Reads.INPUTS)
            .traits(Trait.TAKES_ACTIVATION, Trait.FOLDS, Trait.SUBTRACTS_MEAN)
            .sample(new BatchNorm(1e-5f, 0.1f, true), Shape.of(5, 3, 7))
            .sample(new BatchNorm(1e-3f, 0.3f, false), Shape.of(4, 6, 5))
            .sample(new BatchNorm(1e-5f, 0.1f, true), Shape.of(19));

    private List<Parameter> parameters(int channels) {
        Shape shape = Shape.of(channels);
        List<Parameter> all = new ArrayList<>();
        if (affine) {
            all.add(Parameter.trainable("weight", shape, Initializer.ONES, 1, 1));
            all.add(Parameter.trainable("bias", shape, Initializer.ZEROS, 1, 1));
        }
        all.add(Parameter.state("running_mean", shape, Initializer.ZEROS));
        all.add(Parameter.state("running_var", shape, Initializer.ONES));
        return List.copyOf(all);
    }

    @Override
    public OpDef<BatchNorm> def() {
        return DEF;
    }
}
