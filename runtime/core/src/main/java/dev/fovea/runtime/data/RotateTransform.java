package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Rotate;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** Turns a picture by a random angle about its middle: the nearest pixel, zeros from outside. Counted against the clock. */
final class RotateTransform implements Transform {
    private final Shape shape;
    private final float degrees;

    RotateTransform(Shape shape, Rotate augmentation) {
        if (shape.rank() != 3) {
            throw new IllegalArgumentException("a picture is expected, [C, H, W], not " + shape);
        }
        this.shape = shape;
        this.degrees = augmentation.degrees();
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
        double angle = Math.toRadians(degrees * (2.0 * random.uniform(first) - 1));
        turn(from, fromOffset, to, toOffset, StrictMath.cos(angle), StrictMath.sin(angle));
    }

    /** Each pixel of the result looks where it came from; halves between two pixels go to the even one. */
    void turn(float[] from, int fromOffset, float[] to, int toOffset, double cos, double sin) {
        int height = shape.height();
        int width = shape.width();
        int at = toOffset;
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double right = column - (width - 1) / 2.0;
                    double down = row - (height - 1) / 2.0;
                    int sourceColumn = (int) Math.rint(cos * right - sin * down + (width - 1) / 2.0);
                    int sourceRow = (int) Math.rint(sin * right + cos * down + (height - 1) / 2.0);
                    boolean inside = sourceRow >= 0 && sourceRow < height && sourceColumn >= 0 && sourceColumn < width;
                    to[at++] = inside ? from[fromOffset + (channel * height + sourceRow) * width + sourceColumn] : 0;
                }
            }
        }
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return Optional.empty();
    }
}
