package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;

/** Of the samples (or pixels) of a class the share that is taken for it; the mean over the classes that occur (macro recall). */
public record Recall() implements Metric {
    /** The definition. */
    public static final Def<Recall> DEF = Def.named("recall")
            .summary("measures how many of a class are taken for it")
            .build(a -> new Recall());

    @Override
    public Def<Recall> def() {
        return DEF;
    }

    @Override
    public String label() {
        return "recall";
    }
}
