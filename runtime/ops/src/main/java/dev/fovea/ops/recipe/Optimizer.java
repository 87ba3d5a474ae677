package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;

/** A rule that moves parameters along their gradients: a record of resolved arguments. */
public interface Optimizer {
    /** The definition it is an instance of. */
    Def<? extends Optimizer> def();

    /** The learning rate before the schedule. */
    float learningRate();

    /** The floats of state it keeps for each parameter: 0 for plain gradient descent, 2 for Adam. */
    int slots();

    /** The same without weight decay: for what is never decayed, as the biases of a Boltzmann machine. */
    Optimizer withoutDecay();
}
