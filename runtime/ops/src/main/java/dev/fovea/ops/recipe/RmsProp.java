package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * RMSprop (Hinton's lecture 6e of 2012; centred, Graves 2013) as PyTorch has it: with g the gradient plus weight_decay·w,
 * v = alpha·v + (1 − alpha)·g², d = g/(√v + eps), or with √(v − m²) for √v where centred, m being the mean as v is of squares.
 * The step is η·d, or with momentum η·b, b = momentum·b + d. Slot 0 is v; m and b follow where there are any.
 *
 * @param learningRate η, before the schedule
 * @param alpha the share of the mean square that is kept
 * @param eps keeps the divisor away from zero
 * @param weightDecay of all trainable parameters, added to the gradient
 * @param momentum the share of the velocity that is kept; 0 keeps none
 * @param centered whether the mean is subtracted: the divisor then is the deviation
 */
public record RmsProp(float learningRate, float alpha, float eps, float weightDecay, float momentum, boolean centered)
        implements Optimizer {
    /** The definition. */
    public static final Def<RmsProp> DEF = Def.named("rmsprop")
            .summary("divides the gradient by the root of its mean square")
            .notes(
                    "Hinton's lecture 6e of 2012, centred Graves 2013, as PyTorch has it: v = alpha·v + (1 − alpha)·g², d = g/(√v + eps), or with √(v − m²) for √v where centred. The step is lr·d, or with momentum lr·b, b = momentum·b + d.")
            .attribute("lr", AttributeType.FLOAT, 1e-2f, Limit.NOT_NEGATIVE, "learning rate")
            .attribute("alpha", AttributeType.FLOAT, 0.99f, Limit.FRACTION, "share of the mean square kept")
            .attribute("eps", AttributeType.FLOAT, 1e-8f, Limit.POSITIVE, "keeps the divisor away from zero")
            .attribute("weight_decay", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "pull towards zero")
            .attribute("momentum", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "share of the velocity kept")
            .attribute("centered", AttributeType.BOOL, false, Limit.ANY, "divide by the deviation")
            .build(a -> new RmsProp(
                    a.real("lr"),
                    a.real("alpha"),
                    a.real("eps"),
                    a.real("weight_decay"),
                    a.real("momentum"),
                    a.flag("centered")));

    @Override
    public int slots() {
        return 1 + (centered ? 1 : 0) + (momentum == 0 ? 0 : 1);
    }

    @Override
    public RmsProp withoutDecay() {
        return new RmsProp(learningRate, alpha, eps, 0, momentum, centered);
    }

    @Override
    public Def<RmsProp> def() {
        return DEF;
    }
}
