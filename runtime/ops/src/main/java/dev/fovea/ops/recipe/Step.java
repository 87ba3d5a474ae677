package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * The rate times gamma^⌊epoch / everyEpochs⌋, the epoch counted from 0 with the warm-up's.
 *
 * @param everyEpochs from one fall to the next
 * @param gamma the factor
 * @param warmupEpochs the epochs of linear rise before it
 */
public record Step(int everyEpochs, float gamma, int warmupEpochs) implements Schedule {
    /** The definition. */
    public static final Def<Step> DEF = Def.named("step")
            .summary("multiplies the learning rate by gamma every so many epochs")
            .notes(
                    "The rate times gamma^⌊epoch / every_epochs⌋, the epoch counted from 0 with the warm-up's: PyTorch's StepLR.")
            .required("every_epochs", AttributeType.INT, Limit.AT_LEAST_ONE, "from one fall to the next")
            .attribute("gamma", AttributeType.FLOAT, 0.1f, Limit.NOT_NEGATIVE, "the factor")
            .attribute(
                    "warmup_epochs", AttributeType.INT, 0, Limit.NOT_NEGATIVE, "epochs of linear rise from 0 before it")
            .build(a -> new Step(a.integer("every_epochs"), a.real("gamma"), a.integer("warmup_epochs")));

    @Override
    public Def<Step> def() {
        return DEF;
    }
}
