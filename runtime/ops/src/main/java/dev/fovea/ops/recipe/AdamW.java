package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * Adam with the decay of the weights kept apart from the gradient (Loshchilov and Hutter 2017) as PyTorch has it: first
 * w = w·(1 − η·weight_decay), then the step of {@link Adam} without decay. Slot 0 is the mean, slot 1 the mean square.
 *
 * @param learningRate η, before the schedule
 * @param beta1 the share of the mean that is kept
 * @param beta2 the share of the mean square that is kept
 * @param eps keeps the divisor away from zero
 * @param weightDecay of all trainable parameters, apart from the gradient
 */
public record AdamW(float learningRate, float beta1, float beta2, float eps, float weightDecay) implements Optimizer {
    /** The definition. */
    public static final Def<AdamW> DEF = Def.named("adamw")
            .summary("is Adam with the weights' decay apart from the gradient")
            .notes(
                    "Loshchilov and Hutter 2017, as PyTorch has it: first w = w·(1 − lr·weight_decay), then the step of `adam` without decay.")
            .attribute("lr", AttributeType.FLOAT, 1e-3f, Limit.NOT_NEGATIVE, "learning rate")
            .attribute("beta1", AttributeType.FLOAT, 0.9f, Limit.FRACTION, "share of the mean kept")
            .attribute("beta2", AttributeType.FLOAT, 0.999f, Limit.FRACTION, "share of the mean square kept")
            .attribute("eps", AttributeType.FLOAT, 1e-8f, Limit.POSITIVE, "keeps the divisor away from zero")
            .attribute(
                    "weight_decay",
                    AttributeType.FLOAT,
                    0.01f,
                    Limit.NOT_NEGATIVE,
                    "share of the weights lost a step, times the rate")
            .build(a ->
                    new AdamW(a.real("lr"), a.real("beta1"), a.real("beta2"), a.real("eps"), a.real("weight_decay")));

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public AdamW withoutDecay() {
        return new AdamW(learningRate, beta1, beta2, eps, 0);
    }

    @Override
    public Def<AdamW> def() {
        return DEF;
    }
}
