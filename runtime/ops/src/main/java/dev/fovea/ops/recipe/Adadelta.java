package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * Adadelta (Zeiler 2012) as PyTorch has it: with g the gradient plus weight_decay·w, v = rho·v + (1 − rho)·g², d =
 * √(u + eps)/√(v + eps)·g, u = rho·u + (1 − rho)·d², and the step is η·d. Slot 0 is v, slot 1 is u. ConvNetJS's has rho 0.95
 * and eps 1e-8.
 *
 * @param learningRate η, before the schedule
 * @param rho the share of the mean squares that is kept
 * @param eps keeps the divisor away from zero
 * @param weightDecay of all trainable parameters, added to the gradient
 */
public record Adadelta(float learningRate, float rho, float eps, float weightDecay) implements Optimizer {
    /** The definition. */
    public static final Def<Adadelta> DEF = Def.named("adadelta")
            .summary("gives each parameter's steps the size of those before")
            .notes(
                    "Zeiler 2012, as PyTorch has it: v = rho·v + (1 − rho)·g², d = √(u + eps)/√(v + eps)·g, u = rho·u + (1 − rho)·d², and the step is lr·d. ConvNetJS's has rho 0.95 and eps 1e-8.")
            .attribute("lr", AttributeType.FLOAT, 1f, Limit.NOT_NEGATIVE, "learning rate")
            .attribute("rho", AttributeType.FLOAT, 0.9f, Limit.FRACTION, "share of the mean squares kept")
            .attribute("eps", AttributeType.FLOAT, 1e-6f, Limit.POSITIVE, "keeps the divisor away from zero")
            .attribute("weight_decay", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "pull towards zero")
            .build(a -> new Adadelta(a.real("lr"), a.real("rho"), a.real("eps"), a.real("weight_decay")));

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public Adadelta withoutDecay() {
        return new Adadelta(learningRate, rho, eps, 0);
    }

    @Override
    public Def<Adadelta> def() {
        return DEF;
    }
}
