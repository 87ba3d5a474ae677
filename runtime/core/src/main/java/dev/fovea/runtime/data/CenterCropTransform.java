package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** Takes the window in the middle of a picture; where it does not lie evenly, half a pixel up and left. */
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
        this.top = Math.floorDiv(input.height() - height, 2);
        this.left = Math.floorDiv(input.width() - width, 2);
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
