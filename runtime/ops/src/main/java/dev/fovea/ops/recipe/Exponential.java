package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * The rate times gamma^epoch, the epoch counted from 0 with the warm-up's: PyTorch's ExponentialLR.
 *
 * @param gamma the factor of an epoch
 * @param warmupEpochs the epochs of linear rise before it
 */
public record Exponential(float gamma, int warmupEpochs) implements Schedule {
    /** The definition. */
    public static final Def<Exponential> DEF = Def.named("exponential")
            .summary("multiplies the learning rate by gamma every epoch")
            .notes("The rate times gamma^epoch, the epoch counted from 0 with the warm-up's: PyTorch's ExponentialLR.")
            .required("gamma", AttributeType.FLOAT, Limit.NOT_NEGATIVE, "the factor of an epoch")
            .attribute(
                    "warmup_epochs", AttributeType.INT, 0, Limit.NOT_NEGATIVE, "epochs of linear rise from 0 before it")
            .build(a -> new Exponential(a.real("gamma"), a.integer("warmup_epochs")));

    @Override
    public Def<Exponential> def() {
        return DEF;
    }
}
