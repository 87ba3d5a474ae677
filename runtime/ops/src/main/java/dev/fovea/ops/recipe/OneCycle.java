package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * From rate/div_factor up to the rate and down to rate/(div_factor·final_div_factor), each along half a cosine, over the steps
 * behind the warm-up (Smith and Topin 2017): PyTorch's OneCycleLR with the optimizer's rate for max_lr.
 *
 * @param rise the share of the steps in which the rate rises
 * @param divisor the rate over the first one
 * @param finalDivisor the first rate over the last one
 * @param warmupEpochs the epochs of linear rise before it
 */
public record OneCycle(float rise, float divisor, float finalDivisor, int warmupEpochs) implements Schedule {
    /** The definition. */
    public static final Def<OneCycle> DEF = Def.named("one_cycle")
            .summary("raises the learning rate, then lowers it to almost 0")
            .notes(
                    "From lr/div_factor up to lr and down to lr/(div_factor·final_div_factor), each along half a cosine (Smith and Topin 2017): PyTorch's OneCycleLR with the optimizer's lr for max_lr.")
            .attribute(
                    "pct_start",
                    AttributeType.FLOAT,
                    0.3f,
                    Limit.FRACTION,
                    "share of the steps in which the rate rises")
            .attribute("div_factor", AttributeType.FLOAT, 25f, Limit.AT_LEAST_ONE, "the rate over the first one")
            .attribute(
                    "final_div_factor",
                    AttributeType.FLOAT,
                    1e4f,
                    Limit.AT_LEAST_ONE,
                    "the first rate over the last one")
            .attribute(
                    "warmup_epochs", AttributeType.INT, 0, Limit.NOT_NEGATIVE, "epochs of linear rise from 0 before it")
            .build(a -> new OneCycle(
                    a.real("pct_start"), a.real("div_factor"), a.real("final_div_factor"), a.integer("warmup_epochs")));

    @Override
    public Def<OneCycle> def() {
        return DEF;
    }
}
