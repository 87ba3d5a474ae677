package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;

/** The share of samples (or pixels) whose largest logit is that of the label; of equal logits the first counts. */
public record Accuracy() implements Metric {
    /** The definition. */
    public static final Def<Accuracy> DEF = Def.named("accuracy")
            .summary("measures how often the largest logit is the label's")
            .notes("The share of samples, or of places of a map; of equal logits the first counts.")
            .build(a -> new Accuracy());

    @Override
    public Def<Accuracy> def() {
        return DEF;
    }

    @Override
    public String label() {
        return "accuracy";
    }
}
