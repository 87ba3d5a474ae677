package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;

/** A change made to an input before it reaches the network: a record of resolved arguments. */
public interface Augmentation {
    /** The definition it is an instance of. */
    Def<? extends Augmentation> def();
}
