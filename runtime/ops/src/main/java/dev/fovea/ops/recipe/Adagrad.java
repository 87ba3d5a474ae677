package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * Adagrad (Duchi, Hazan and Singer 2011) as PyTorch has it: with g the gradient plus weight_decay·w and t the number of the
 * step from 1, s = s + g² from initial_accumulator_value on, and the step is η/(1 + (t − 1)·lr_decay)·g/(√s + eps). Slot 0 is
 * s less its first value.
 *
 * @param learningRate η, before the schedule
 * @param decay the fall of the learning rate from step to step
 * @param weightDecay of all trainable parameters, added to the gradient
 * @param initial what the sum of squares starts from
 * @param eps keeps the divisor away from zero
 */
public record Adagrad(float learningRate, float decay, float weightDecay, float initial, float eps)
        implements Optimizer {
    /** The definition. */
    public static final Def<Adagrad> DEF = Def.named("adagrad")
            .summary("divides the gradient by the root of the sum of its squares")
            .notes(
                    "Duchi, Hazan and Singer 2011, as PyTorch has it: s = s + g² from initial_accumulator_value on, and step t is lr/(1 + (t − 1)·lr_decay)·g/(√s + eps).")
            .attribute("lr", AttributeType.FLOAT, 1e-2f, Limit.NOT_NEGATIVE, "learning rate")
            .attribute("lr_decay", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "fall of the rate a step")
            .attribute("weight_decay", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "pull towards zero")
            .attribute("initial_accumulator_value", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "first sum of squares")
            .attribute("eps", AttributeType.FLOAT, 1e-10f, Limit.POSITIVE, "keeps the divisor away from zero")
            .build(a -> new Adagrad(
                    a.real("lr"),
                    a.real("lr_decay"),
                    a.real("weight_decay"),
                    a.real("initial_accumulator_value"),
                    a.real("eps")));

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public Adagrad withoutDecay() {
        return new Adagrad(learningRate, decay, 0, initial, eps);
    }

    @Override
    public Def<Adagrad> def() {
        return DEF;
    }
}
