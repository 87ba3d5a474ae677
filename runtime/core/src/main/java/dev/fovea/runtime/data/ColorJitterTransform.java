package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.ColorJitter;
import dev.fovea.runtime.random.RandomStream;
import java.util.Optional;

/** Changes brightness, contrast, saturation and hue by random amounts, in random order. */
final class ColorJitterTransform implements Transform {
    private final Shape shape;
    private static final float[] GREY = {0.2989f, 0.587f, 0.114f};

    private final float[] amounts;

    ColorJitterTransform(Shape shape, ColorJitter augmentation) {
        if (shape.rank() != 3) {
            throw new IllegalArgumentException("a picture is expected, [C, H, W], not " + shape);
        }
        this.shape = shape;
        this.amounts = new float[] {
            augmentation.brightness(), augmentation.contrast(), augmentation.saturation(), augmentation.hue()
        };
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
        RandomStream own = random.child(first);
        int[] order = new int[amounts.length];
        own.permutation(order); // words 0 to 7
        for (int change : order) {
            float place = 2 * own.uniform(8 + change) - 1;
            float amount = amounts[change];
            float factor = Math.max(0, 1 - amount) + (1 + amount - Math.max(0, 1 - amount)) * (place + 1) / 2;
            if (amount > 0) {
                change(change, to, toOffset, factor, amount * place);
            }
        }
    }

    private void change(int which, float[] picture, int offset, float factor, float turn) {
        switch (which) {
            case 0 -> brightness(picture, offset, factor);
            case 1 -> contrast(picture, offset, factor);
            case 2 -> saturation(picture, offset, factor);
            default -> hue(picture, offset, turn);
        }
    }

    /** Multiplied by the factor. */
    void brightness(float[] picture, int offset, float factor) {
        for (int i = offset; i < offset + Math.toIntExact(shape.size()); i++) {
            picture[i] = unit(picture[i] * factor);
        }
    }

    /** Away from the mean of the grey picture. */
    void contrast(float[] picture, int offset, float factor) {
        double sum = 0;
        for (int i = 0; i < shape.area(); i++) {
            sum += grey(picture, offset + i);
        }
        float mean = (float) (sum / shape.area());
        for (int i = offset; i < offset + Math.toIntExact(shape.size()); i++) {
            picture[i] = unit(factor * picture[i] + (1 - factor) * mean);
        }
    }

    /** Away from the grey of the pixel. */
    void saturation(float[] picture, int offset, float factor) {
        if (shape.channels() != GREY.length) {
            return;
        }
        for (int i = offset; i < offset + shape.area(); i++) {
            float grey = grey(picture, i);
            for (int channel = 0; channel < GREY.length; channel++) {
                int at = i + channel * shape.area();
                picture[at] = unit(factor * picture[at] + (1 - factor) * grey);
            }
        }
    }

    /** Turned about the axis of grey in hue, saturation, value. */
    void hue(float[] picture, int offset, float turn) {
        if (shape.channels() != GREY.length) {
            return;
        }
        int area = shape.area();
        for (int i = offset; i < offset + area; i++) {
            float red = picture[i];
            float green = picture[i + area];
            float blue = picture[i + 2 * area];
            float most = Math.max(red, Math.max(green, blue));
            float range = most - Math.min(red, Math.min(green, blue));
            if (range == 0) {
                continue;
            }
            float sixth = most == red
                    ? (green - blue) / range
                    : most == green ? 2 + (blue - red) / range : 4 + (red - green) / range;
            float turned = sixth + 6 * turn;
            picture[i] = most - range * share(turned + 5);
            picture[i + area] = most - range * share(turned + 3);
            picture[i + 2 * area] = most - range * share(turned + 1);
        }
    }

    /** How far below the largest a channel is at a hue, in sixths of a circle: 0 for two of them, 1 for two, ramps between. */
    private static float share(float sixths) {
        float place = sixths - 6 * (float) Math.floor(sixths / 6);
        return Math.max(0, Math.min(1, Math.min(place, 4 - place)));
    }

    private float grey(float[] picture, int at) {
        if (shape.channels() != GREY.length) {
            return picture[at];
        }
        int area = shape.area();
        return GREY[0] * picture[at] + GREY[1] * picture[at + area] + GREY[2] * picture[at + 2 * area];
    }

    private static float unit(float value) {
        return Math.max(0, Math.min(1, value));
    }

    @Override
    public Optional<Transform> atEvaluation() {
        return Optional.empty();
    }
}
