package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;

/** Of the samples (or pixels) taken for a class the share that is of it; the mean over the classes that occur (macro precision). */
public record Precision() implements Metric {
    /** The definition. */
    public static final Def<Precision> DEF = Def.named("precision")
            .summary("measures how many of those taken for a class are of it")
            .build(a -> new Precision());

    @Override
    public Def<Precision> def() {
        return DEF;
    }

    @Override
    public String label() {
        return "precision";
    }
}
