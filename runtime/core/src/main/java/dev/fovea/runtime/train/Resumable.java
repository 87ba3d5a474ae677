package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;

/**
 * A part of a run that changes from step to step and must go on where it stood when the run is resumed: an optimizer's state, a
 * schedule that looks at losses, sums over an epoch. Whatever a step reads that is no function of the recipe, the seeds and the step's
 * number belongs into one, under names of its own.
 */
interface Resumable {
    /** Hands over all that a resumed run needs. Tensors are asked for when they are written, before the next step. */
    void save(StateWriter state);

    /**
     * Takes back what {@link #save} handed over, in a new object made for the same recipe.
     *
     * @throws InputException where the file lacks something or holds it in another shape
     */
    void restore(StateReader state) throws InputException;
}
