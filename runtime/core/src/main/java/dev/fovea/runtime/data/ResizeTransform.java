package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Resize;
import dev.fovea.runtime.random.RandomStream;
import java.util.List;
import java.util.Optional;

/** Resizes a picture; see {@link Resampling}. */
final class ResizeTransform implements Transform {
    private final Shape input;
    private final Shape output;
    private final Resampling rows;
    private final Resampling columns;

    ResizeTransform(Shape input, Resize resize) {
        if (input.rank() != 3) {
            throw new IllegalArgumentException("a picture is expected, [C, H, W], not " + input);
        }
        List<Integer> size = resize.size();
        int shorter = Math.min(input.height(), input.width());
        int height = size.size() == 2 ? size.get(0) : inProportion(size.get(0), input.height(), shorter);
        int width = size.size() == 2 ? size.get(1) : inProportion(size.get(0), input.width(), shorter);
        this.input = input;
        this.output = Shape.of(input.channels(), height, width);
        this.rows = Resampling.of(input.width(), width);
        this.columns = Resampling.of(input.height(), height);
    }

    /** As torchvision: cut to whole pixels. */
    private static int inProportion(int size, int side, int shorter) {
        return Math.toIntExact((long) size * side / shorter);
    }

    @Override
    public Shape input() {
        return input;
    }

    @Override
    public Shape output() {
        return output;
    }

    @Override
    public void apply(float[] from, int fromOffset, float[] to, int toOffset, RandomStream random, long first) {
        float[] picture = new float[Math.toIntExact(input.size())];
        System.arraycopy(from, fromOffset, picture, 0, picture.length);
        float[] wide = new float[input.channels() * input.height() * output.width()];
        rows.rows(picture, wide, input.channels() * input.height());
        float[] resized = new float[Math.toIntExact(output.size())];
        columns.columns(wide, resized, input.channels(), output.width());
        System.arraycopy(resized, 0, to, toOffset, resized.length);
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return Optional.of(this);
    }
}
