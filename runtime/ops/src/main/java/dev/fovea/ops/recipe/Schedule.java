package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;

/** How the learning rate moves over a run: a record of resolved arguments. */
public interface Schedule {
    /** The definition it is an instance of. */
    Def<? extends Schedule> def();

    /** The epochs over which the rate first rises linearly; 0 for none. */
    int warmupEpochs();
}
