package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;

/**
 * A way to train one layer by itself, without labels: the layer makes a code of its input, a decoder makes the input of the code again,
 * and both learn to do it well. A record of resolved arguments.
 */
public interface Pretraining {
    /** The definition it is an instance of. */
    Def<? extends Pretraining> def();

    /** What the elements of the layer's input are. */
    Visible visible();

    /**
     * The decoder: an operator from the layer's code to its input. Where it is tied to the layer it has only a bias of its own.
     *
     * @throws Misfit CNN0415 where the layer cannot be trained in this way
     */
    Op decoder(StackedLayer layer) throws Misfit;
}
