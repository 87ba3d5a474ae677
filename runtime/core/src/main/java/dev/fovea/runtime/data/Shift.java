package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** Moves a picture by a random whole number of pixels down and right, each from −distance to distance; what comes in is zero. */
public final class Shift implements Transform {
    private final Shape shape;
    private final int distance;
    private final Crop crop;

    /**
     * @param shape {@code [C, H, W]}
     * @param distance at least 0
     */
    public Shift(Shape shape, int distance) {
        if (distance < 0 || distance > 1 << 20) {
            throw new IllegalArgumentException("the distance must be 0 to 2^20, not " + distance);
        }
        this.shape = shape;
        this.distance = distance;
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
