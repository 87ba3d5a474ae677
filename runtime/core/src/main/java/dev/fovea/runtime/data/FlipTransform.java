package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** Mirrors a picture left to right or top to bottom, with some probability. */
final class FlipTransform implements Transform {
    private final Shape shape;
    private final float probability;
    private final boolean upsideDown;

    FlipTransform(Shape shape, float probability, boolean upsideDown) {
        if (shape.rank() != 3) {
            throw new IllegalArgumentException("a picture is expected, [C, H, W], not " + shape);
        }
        this.shape = shape;
        this.probability = probability;
        this.upsideDown = upsideDown;
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
        int length = Math.toIntExact(shape.size());
        if (random.uniform(first) >= probability) {
            System.arraycopy(from, fromOffset, to, toOffset, length);
            return;
        }
        int width = shape.width();
        int plane = shape.area();
        for (int row = 0; row < length; row += width) {
            if (upsideDown) {
                int mirrored = row / plane * plane + plane - width - row % plane;
                System.arraycopy(from, fromOffset + mirrored, to, toOffset + row, width);
                continue;
            }
            for (int column = 0; column < width; column++) {
                to[toOffset + row + column] = from[fromOffset + row + width - 1 - column];
            }
        }
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return Optional.empty();
    }
}
