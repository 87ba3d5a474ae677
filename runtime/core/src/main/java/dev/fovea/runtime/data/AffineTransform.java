package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Affine;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** Turns, moves, scales and shears a picture about its middle at random: the nearest pixel, zeros from outside. */
final class AffineTransform implements Transform {
    private final Shape shape;
    private final Affine affine;

    AffineTransform(Shape shape, Affine affine) {
        if (shape.rank() != 3) {
            throw new IllegalArgumentException("a picture is expected, [C, H, W], not " + shape);
        }
        this.shape = shape;
        this.affine = affine;
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
        RandomStream own = random.child(first);
        double degrees = affine.degrees() * (2.0 * own.uniform(0) - 1);
        double down = Math.rint(affine.down() * shape.height() * (2.0 * own.uniform(1) - 1));
        double right = Math.rint(affine.right() * shape.width() * (2.0 * own.uniform(2) - 1));
        double scale = affine.minScale() + (affine.maxScale() - affine.minScale()) * (double) own.uniform(3);
        double shear = affine.shear() * (2.0 * own.uniform(4) - 1);
        map(from, fromOffset, to, toOffset, degrees, right, down, scale, shear);
    }

    /**
     * torchvision's {@code affine} with a shear along the rows: each pixel of the result looks where it came from, by the inverse of translate ·
     * rotate · shear · scale about the middle; halves between two pixels go to the even one.
     *
     * @param degrees with the clock
     */
    void map(
            float[] from,
            int fromOffset,
            float[] to,
            int toOffset,
            double degrees,
            double moveRight,
            double moveDown,
            double scale,
            double shear) {
        double angle = Math.toRadians(degrees);
        double lean = StrictMath.tan(Math.toRadians(shear));
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        // the inverse of [[cos, −cos·lean − sin], [sin, −sin·lean + cos]]·scale, whose determinant is scale²
        double xx = (-sin * lean + cos) / scale;
        double xy = (cos * lean + sin) / scale;
        double yx = -sin / scale;
        double yy = cos / scale;
        int height = shape.height();
        int width = shape.width();
        int at = toOffset;
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double right = column - (width - 1) / 2.0 - moveRight;
                    double down = row - (height - 1) / 2.0 - moveDown;
                    int sourceColumn = (int) Math.rint(xx * right + xy * down + (width - 1) / 2.0);
                    int sourceRow = (int) Math.rint(yx * right + yy * down + (height - 1) / 2.0);
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
