package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * One rate throughout.
 *
 * @param warmupEpochs the epochs of linear rise before it
 */
public record Constant(int warmupEpochs) implements Schedule {
    /** The definition. */
    public static final Def<Constant> DEF = Def.named("constant")
            .summary("keeps the learning rate")
            .attribute(
                    "warmup_epochs", AttributeType.INT, 0, Limit.NOT_NEGATIVE, "epochs of linear rise from 0 before it")
            .build(a -> new Constant(a.integer("warmup_epochs")));

    @Override
    public Def<Constant> def() {
        return DEF;
    }
}
