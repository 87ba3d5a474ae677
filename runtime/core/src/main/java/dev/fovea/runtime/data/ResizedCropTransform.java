package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.RandomResizedCrop;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** Cuts a part of random area and proportions out of a picture and resizes it; at evaluation takes the middle. */
final class ResizedCropTransform implements Transform {
    private static final int ATTEMPTS = 10;

    private final Shape input;
    private final RandomResizedCrop crop;

    /** A part of a picture, in pixels. */
    record Part(int top, int left, int height, int width) {}

    ResizedCropTransform(Shape input, RandomResizedCrop crop) {
        if (input.rank() != 3) {
            throw new IllegalArgumentException("a picture is expected, [C, H, W], not " + input);
        }
        this.input = input;
        this.crop = crop;
    }

    @Override
    public Shape input() {
        return input;
    }

    @Override
    public Shape output() {
        return Shape.of(input.channels(), crop.size().height(), crop.size().width());
    }

    @Override
    public void apply(float[] from, int fromOffset, float[] to, int toOffset, RandomStream random, long first) {
        Part part = part(random.child(first));
        float[] cut = new float[input.channels() * part.height() * part.width()];
        new Crop(input, part.height(), part.width()).apply(from, fromOffset, cut, 0, part.top(), part.left());
        int width = crop.size().width();
        float[] wide = new float[input.channels() * part.height() * width];
        Resampling.of(part.width(), width).rows(cut, wide, input.channels() * part.height());
        float[] resized = new float[input.channels() * crop.size().height() * width];
        Resampling.of(part.height(), crop.size().height()).columns(wide, resized, input.channels(), width);
        System.arraycopy(resized, 0, to, toOffset, resized.length);
    }

    /** Ten attempts at an area and a ratio (evenly in its logarithm); then the largest part in the middle whose ratio is allowed. */
    Part part(RandomStream random) {
        double minLog = StrictMath.log(crop.minRatio());
        double maxLog = StrictMath.log(crop.maxRatio());
        for (int i = 0; i < ATTEMPTS; i++) {
            double scale = crop.minScale() + (crop.maxScale() - crop.minScale()) * random.uniform(8L * i);
            double area = scale * input.area();
            double ratio = StrictMath.exp(minLog + (maxLog - minLog) * random.uniform(8L * i + 1));
            long width = (long) Math.rint(Math.sqrt(area * ratio));
            long height = (long) Math.rint(Math.sqrt(area / ratio));
            if (width > 0 && width <= input.width() && height > 0 && height <= input.height()) {
                int top = random.below(4L * i + 1, (int) (input.height() - height + 1));
                int left = random.below(4L * i + 2, (int) (input.width() - width + 1));
                return new Part(top, left, (int) height, (int) width);
            }
        }
        double ratio = (double) input.width() / input.height();
        int width = input.width();
        int height = input.height();
        if (ratio < crop.minRatio()) {
            height = (int) Math.max(1, Math.rint(width / crop.minRatio()));
        } else if (ratio > crop.maxRatio()) {
            width = (int) Math.max(1, Math.rint(height * crop.maxRatio()));
        }
        return new Part((input.height() - height) / 2, (input.width() - width) / 2, height, width);
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return output().equals(input)
                ? Optional.empty()
                : Optional.of(new CenterCropTransform(
                        input, crop.size().height(), crop.size().width()));
    }
}
