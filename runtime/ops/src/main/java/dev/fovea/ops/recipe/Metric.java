package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;

/** A figure of merit beside the loss: a record of resolved arguments. */
public interface Metric {
    /** The definition it is an instance of. */
    Def<? extends Metric> def();

    /** Its name in tables and files: {@code accuracy}, {@code top5}. */
    String label();

    /** Whether it compares with classes, so that its target must hold some. */
    default boolean comparesClasses() {
        return true;
    }
}
