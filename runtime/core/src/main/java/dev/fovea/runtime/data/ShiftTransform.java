package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Shift;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** Moves a picture by a random whole number of pixels down and right, each from −distance to distance; what comes in is zero. */
final class ShiftTransform implements Transform {
    private final Shape shape;
    private final int distance;
    private final Crop crop;

    ShiftTransform(Shape shape, Shift shift) {
        this.shape = shape;
        this.distance = shift.pixels();
        this.crop = new Crop(shape, shape.height(), shape.width());
    }

    @Override
    public Shape input() {
        return shape;
    }

    @Override
    public Shape output() {
        return shape;
    }

    @Override
    public void apply(float[] from, int fromOffset, float[] to, int toOffset, RandomStream random, long first) {
        int down = random.below(first, 2 * distance + 1) - distance;
        int right = random.below(first + 1, 2 * distance + 1) - distance;
        crop.apply(from, fromOffset, to, toOffset, -down, -right);
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return Optional.empty();
    }
}
