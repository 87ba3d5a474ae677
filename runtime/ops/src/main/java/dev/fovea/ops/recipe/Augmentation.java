package dev.fovea.ops.recipe;

import dev.fovea.ops.Def;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;

/**
 * A change made to an input before it reaches the network: a record of resolved arguments. While not training only {@link
 * Normalize}, {@link Resize}, {@link CenterCrop} and the cut of {@link RandomCrop}, then in the middle, remain.
 */
public interface Augmentation {
    /** The definition it is an instance of. */
    Def<? extends Augmentation> def();

    /**
     * Checks that it can feed an input of the model.
     *
     * @param input the shape the model declares
     * @throws Misfit CNN0310 when that is no image, CNN0314 when the arguments do not suit it
     */
    void check(Shape input) throws Misfit;

    /** Whether it is done to a whole batch, once each of its samples is there, and to what they are compared with. */
    default boolean mixesSamples() {
        return false;
    }

    /** Whether it takes parts out of pictures that are larger than the input: pictures of any size are then prepared with a margin. */
    default boolean cutsFromLarger() {
        return false;
    }
}
