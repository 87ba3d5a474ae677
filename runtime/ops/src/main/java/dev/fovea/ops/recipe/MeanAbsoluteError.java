package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;
import dev.fovea.ops.Mae;
import dev.fovea.ops.Op;

/** The mean absolute difference of the elements of the prediction and the target. */
public record MeanAbsoluteError() implements Metric {
    /** The definition. */
    public static final Def<MeanAbsoluteError> DEF = Def.named("mean_absolute_error")
            .summary("measures the mean absolute difference")
            .build(a -> new MeanAbsoluteError());

    @Override
    public Def<MeanAbsoluteError> def() {
        return DEF;
    }

    @Override
    public String label() {
        return "mean_absolute_error";
    }

    @Override
    public Op compares() {
        return new Mae();
    }

    @Override
    public boolean isBetterLarger() {
        return false;
    }
}
