package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * Adam (Kingma and Ba 2014) as PyTorch has it: with g the gradient plus weight_decay·w and t the number of the step from
 * 1, m = beta1·m + (1 − beta1)·g, v = beta2·v + (1 − beta2)·g², and the step is η·m̂/(√v̂ + eps) with m̂ = m/(1 − beta1^t) and
 * v̂ = v/(1 − beta2^t). Slot 0 is m, slot 1 is v.
 *
 * @param learningRate η, before the schedule
 * @param beta1 the share of the mean that is kept
 * @param beta2 the share of the mean square that is kept
 * @param eps keeps the divisor away from zero
 * @param weightDecay of all trainable parameters, added to the gradient
 */
public record Adam(float learningRate, float beta1, float beta2, float eps, float weightDecay) implements Optimizer {
    /** The definition. */
    public static final Def<Adam> DEF = Def.named("adam")
            .summary("moves along the gradient's mean, divided by its deviation")
            .notes(
                    "Kingma and Ba 2014, as PyTorch has it, with the bias of both means corrected; weight_decay is added to the gradient.")
            .attribute("lr", AttributeType.FLOAT, 1e-3f, Limit.NOT_NEGATIVE, "learning rate")
            .attribute("beta1", AttributeType.FLOAT, 0.9f, Limit.FRACTION, "share of the mean kept")
            .attribute("beta2", AttributeType.FLOAT, 0.999f, Limit.FRACTION, "share of the mean square kept")
            .attribute("eps", AttributeType.FLOAT, 1e-8f, Limit.POSITIVE, "keeps the divisor away from zero")
            .attribute("weight_decay", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "pull towards zero")
            .build(a ->
                    new Adam(a.real("lr"), a.real("beta1"), a.real("beta2"), a.real("eps"), a.real("weight_decay")));

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public Adam withoutDecay() {
        return new Adam(learningRate, beta1, beta2, eps, 0);
    }

    @Override
    public Def<Adam> def() {
        return DEF;
    }
}
