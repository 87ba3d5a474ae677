package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Cutout;
import dev.fovea.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.Optional;

/** Covers a square about a random pixel with zeros, in all channels. */
final class CutoutTransform implements Transform {
    private final Shape shape;
    private final int size;
    private final float probability;

    CutoutTransform(Shape shape, Cutout augmentation) {
        if (shape.rank() != 3) {
            throw new IllegalArgumentException("a picture is expected, [C, H, W], not " + shape);
        }
        this.shape = shape;
        this.size = augmentation.size();
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
        System.arraycopy(from, fromOffset, to, toOffset, Math.toIntExact(shape.size()));
        if (random.uniform(first + 3) >= probability) {
            return;
        }
        int top = random.below(first, shape.height()) - size / 2;
        int left = random.below(first + 1, shape.width()) - size / 2;
        int firstColumn = Math.max(0, left);
        int endColumn = (int) Math.min(shape.width(), (long) left + size);
        int endRow = (int) Math.min(shape.height(), (long) top + size);
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int row = Math.max(0, top); row < endRow; row++) {
                int at = toOffset + (channel * shape.height() + row) * shape.width();
                Arrays.fill(to, at + firstColumn, at + endColumn, 0);
            }
        }
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return Optional.empty();
    }
}
