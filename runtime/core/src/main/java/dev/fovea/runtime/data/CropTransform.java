package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.RandomCrop;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/**
 * Takes a window at a random place of a picture that has been padded with zeros; at evaluation the window in the middle, without the
 * padding.
 */
final class CropTransform implements Transform {
    private final Shape input;
    private final int height;
    private final int width;
    private final int padding;
    private final Crop crop;

    CropTransform(Shape input, RandomCrop crop) {
        this.height = crop.size().height();
        this.width = crop.size().width();
        this.padding = crop.padding();
        this.crop = new Crop(input, height, width);
        if (height > input.height() + 2L * padding || width > input.width() + 2L * padding) {
            throw new IllegalArgumentException("a window of " + height + "×" + width + " does not fit a picture of "
                    + input.height() + "×" + input.width() + " with a padding of " + padding);
        }
        this.input = input;
    }

    @Override
    public Shape input() {
        return input;
    }

    @Override
    public Shape output() {
        return crop.output();
    }

    @Override
    public void apply(float[] from, int fromOffset, float[] to, int toOffset, RandomStream random, long first) {
        int top = random.below(first, input.height() + 2 * padding - height + 1) - padding;
        int left = random.below(first + 1, input.width() + 2 * padding - width + 1) - padding;
        crop.apply(from, fromOffset, to, toOffset, top, left);
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return output().equals(input) ? Optional.empty() : Optional.of(new CenterCropTransform(input, height, width));
    }
}
