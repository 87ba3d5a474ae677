package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** A step between a data set's picture and a model's input: an augmentation, or a normalisation. Bound to a shape; keeps no state. */
public interface Transform {
    /** The random numbers set aside for one sample: a transform may use the elements from {@code first} to before {@code first + DRAWS}. */
    int DRAWS = 4;

    /**
     * The transform of a recipe's augmentation, for pictures of a shape.
     *
     * @param shape {@code [C, H, W]}
     * @throws IllegalArgumentException where they do not suit each other; the message says why
     */
    static Transform of(Augmentation augmentation, Shape shape) {
        return Transforms.of(augmentation, shape);
    }

    /** The shape it takes. */
    Shape input();

    /** The shape it gives. */
    Shape output();

    /**
     * Transforms one sample.
     *
     * @param from holds the input from {@code fromOffset} on; unchanged
     * @param to receives the output from {@code toOffset} on; another array than {@code from}
     * @param random the stream of this transform and this epoch
     * @param first the first element of the stream that belongs to this sample
     */
    void apply(float[] from, int fromOffset, float[] to, int toOffset, RandomStream random, long first);

    /** What stands in its place when a model is tested: nothing where it only varies the pictures, itself where it is part of the input. */
    Optional<Transform> atEvaluation();
}
