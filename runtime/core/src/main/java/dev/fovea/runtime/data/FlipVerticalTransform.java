package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.FlipVertical;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** Mirrors a picture top to bottom, with some probability. */
final class FlipVerticalTransform implements Transform {
    private final Shape shape;
    private final float probability;

    FlipVerticalTransform(Shape shape, FlipVertical augmentation) {
        if (shape.rank() != 3) {
            throw new IllegalArgumentException("a picture is expected, [C, H, W], not " + shape);
        }
        this.shape = shape;
        this.probability = augmentation.p();
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
        boolean flips = random.uniform(first) < probability;
        int height = shape.height();
        int width = shape.width();
        for (int channel = 0; channel < shape.channels(); channel++) {
            int plane = channel * height;
            for (int row = 0; row < height; row++) {
                int source = flips ? height - 1 - row : row;
                System.arraycopy(
                        from, fromOffset + (plane + source) * width, to, toOffset + (plane + row) * width, width);
            }
        }
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return Optional.empty();
    }
}
