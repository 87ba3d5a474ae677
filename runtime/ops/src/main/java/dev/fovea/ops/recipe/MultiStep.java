package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import java.util.List;

/**
 * The rate times gamma for each of some epochs that is over, the epoch counted from 0 with the warm-up's: PyTorch's
 * MultiStepLR.
 *
 * @param milestones the epochs at which the rate falls
 * @param gamma the factor
 * @param warmupEpochs the epochs of linear rise before it
 */
public record MultiStep(List<Integer> milestones, float gamma, int warmupEpochs) implements Schedule {
    /** The definition. */
    public static final Def<MultiStep> DEF = Def.named("multi_step")
            .summary("multiplies the learning rate by gamma at certain epochs")
            .notes("PyTorch's MultiStepLR; epochs are counted from 0 with the warm-up's.")
            .required("milestones", AttributeType.INTS, Limit.AT_LEAST_ONE, "the epochs at which the rate falls")
            .attribute("gamma", AttributeType.FLOAT, 0.1f, Limit.NOT_NEGATIVE, "the factor")
            .attribute(
                    "warmup_epochs", AttributeType.INT, 0, Limit.NOT_NEGATIVE, "epochs of linear rise from 0 before it")
            .build(a -> new MultiStep(a.integers("milestones"), a.real("gamma"), a.integer("warmup_epochs")));

    /** Copies the list. */
    public MultiStep {
        milestones = List.copyOf(milestones);
    }

    @Override
    public Def<MultiStep> def() {
        return DEF;
    }
}
