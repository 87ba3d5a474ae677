package dev.fovea.ops.recipe;

import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.Def;
import dev.fovea.ops.Op;

/** A figure shown and written down while training: a record of resolved arguments, over predictions and a target. */
public interface Metric {
    /** The definition it is an instance of. */
    Def<? extends Metric> def();

    /** Its name in tables and files: {@code accuracy}, {@code top5}. */
    String label();

    /** A loss that takes the same prediction and target: what suits the one suits the other. By itself logits and classes. */
    default Op compares() {
        return new CrossEntropy(0);
    }

    /** Whether a larger figure is a better one, as it is of shares and not of distances. */
    default boolean isBetterLarger() {
        return true;
    }
}
