package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;

/** The harmonic mean of precision and recall of each class; the mean over the classes that occur (macro F1). */
public record F1() implements Metric {
    /** The definition. */
    public static final Def<F1> DEF =
            Def.named("f1").summary("measures precision and recall together").build(a -> new F1());

    @Override
    public Def<F1> def() {
        return DEF;
    }

    @Override
    public String label() {
        return "f1";
    }
}
