package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * The rate times (1 + cos(π·t))/2, t from 0 to 1 over the steps behind the warm-up (Loshchilov and Hutter 2016, without
 * restarts).
 *
 * @param warmupEpochs the epochs of linear rise before it
 */
public record Cosine(int warmupEpochs) implements Schedule {
    /** The definition. */
    public static final Def<Cosine> DEF = Def.named("cosine")
            .summary("lowers the learning rate to 0 along half a cosine")
            .notes(
                    "The rate times (1 + cos(π·t))/2, t from 0 to 1 over the steps behind the warm-up (Loshchilov and Hutter 2016, without restarts).")
            .attribute(
                    "warmup_epochs", AttributeType.INT, 0, Limit.NOT_NEGATIVE, "epochs of linear rise from 0 before it")
            .build(a -> new Cosine(a.integer("warmup_epochs")));

    @Override
    public Def<Cosine> def() {
        return DEF;
    }
}
