package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * The rate times (1 − t)^power, t from 0 to 1 over the steps behind the warm-up: PyTorch's PolynomialLR with as many
 * iterations.
 *
 * @param power the exponent
 * @param warmupEpochs the epochs of linear rise before it
 */
public record Polynomial(float power, int warmupEpochs) implements Schedule {
    /** The definition. */
    public static final Def<Polynomial> DEF = Def.named("polynomial")
            .summary("lowers the learning rate to 0 as a power of what is left")
            .notes(
                    "The rate times (1 − t)^power, t from 0 to 1 over the steps behind the warm-up: PyTorch's PolynomialLR with as many iterations.")
            .attribute("power", AttributeType.FLOAT, 1f, Limit.POSITIVE, "the exponent")
            .attribute(
                    "warmup_epochs", AttributeType.INT, 0, Limit.NOT_NEGATIVE, "epochs of linear rise from 0 before it")
            .build(a -> new Polynomial(a.real("power"), a.integer("warmup_epochs")));

    @Override
    public Def<Polynomial> def() {
        return DEF;
    }
}
