package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;

/**
 * Stochastic gradient descent as PyTorch has it: with g the gradient plus weight_decay·w, the velocity v starts as g and
 * becomes momentum·v + g; the step is η·v, or η·(g + momentum·v) with Nesterov's. The learning rate is not part of the
 * velocity, as it is in Caffe.
 *
 * @param learningRate η, before the schedule
 * @param momentum the share of the velocity that is kept; 0 keeps none and needs no slot
 * @param nesterov whether to look ahead along the velocity
 * @param weightDecay of all trainable parameters, added to the gradient
 */
public record Sgd(float learningRate, float momentum, boolean nesterov, float weightDecay) implements Optimizer {
    /** The definition. */
    public static final Def<Sgd> DEF = Def.named("sgd")
            .summary("moves along the gradient, with momentum")
            .notes(
                    "As PyTorch has it: with g the gradient plus weight_decay·w, the velocity v starts as g and becomes momentum·v + g; the step is lr·v, or with Nesterov's lr·(g + momentum·v). The learning rate is not part of the velocity, as it is in Caffe.")
            .required("lr", AttributeType.FLOAT, Limit.NOT_NEGATIVE, "learning rate")
            .attribute("momentum", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "share of the velocity kept")
            .attribute("nesterov", AttributeType.BOOL, false, Limit.ANY, "look ahead along the velocity")
            .attribute("weight_decay", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "pull towards zero")
            .build(a -> new Sgd(a.real("lr"), a.real("momentum"), a.flag("nesterov"), a.real("weight_decay")));

    @Override
    public int slots() {
        return momentum == 0 ? 0 : 1;
    }

    @Override
    public Sgd withoutDecay() {
        return new Sgd(learningRate, momentum, nesterov, 0);
    }

    @Override
    public Def<Sgd> def() {
        return DEF;
    }
}
