package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/**
 * Takes a window at a random place of a picture that has been padded with zeros; at evaluation the window in the middle, without the
 * padding.
 */
public final class RandomCrop implements Transform {
    private final Shape input;
    private final int height;
    private final int width;
    private final int padding;
    private final Crop crop;

    /**
     * @param input {@code [C, H, W]}
     * @param height of the window, at most H + 2 · padding
     * @param width of the window, at most W + 2 · padding
     * @param padding zeros on each side, at least 0
     */
    public RandomCrop(Shape input, int height, int width, int padding) {
        this.crop = new Crop(input, height, width);
        if (padding < 0 || padding > 1 << 20) {
            throw new IllegalArgumentException("the padding must be 0 to 2^20, not " + padding);
        }
        if (height > input.height() + 2 * padding || width > input.width() + 2 * padding) {
            throw new IllegalArgumentException(
                    "a window of " + height + "×" + width + " does not fit " + input + " with a padding of " + padding);
        }
        this.input = input;
        this.height = height;
        this.width = width;
        this.padding = padding;
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
        return output().equals(input) ? Optional.empty() : Optional.of(new CenterCrop(input, height, width));
    }
}
