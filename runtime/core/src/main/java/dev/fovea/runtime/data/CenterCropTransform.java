package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/**
 * Takes the window in the middle of a picture, as torchvision's {@code CenterCrop}: where it does not lie evenly, half a pixel up or down, to an
 * even row, and likewise for the columns; what is larger than the picture has its odd row of zeros below.
 */
final class CenterCropTransform implements Transform {
    private final Shape input;
    private final int top;
    private final int left;
    private final Crop crop;

    /**
     * @param input {@code [C, H, W]}
     * @param height of the window; what is higher than the picture is zero above and below
     * @param width of the window, likewise
     */
    CenterCropTransform(Shape input, int height, int width) {
        this.crop = new Crop(input, height, width);
        this.input = input;
        this.top = middle(input.height(), height);
        this.left = middle(input.width(), width);
    }

    private static int middle(int picture, int window) {
        return window > picture ? -((window - picture) / 2) : (int) Math.rint((picture - window) / 2.0);
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
        crop.apply(from, fromOffset, to, toOffset, top, left);
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return Optional.of(this);
    }
}
