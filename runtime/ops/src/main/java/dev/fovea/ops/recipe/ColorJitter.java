package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;

/**
 * Changes brightness, contrast and saturation by random factors from 1 − x to 1 + x (not below 0) and turns the hue by up to that part
 * of a circle, the four in random order, as torchvision's {@code ColorJitter}. Grey pictures have brightness and contrast only.
 *
 * @param brightness of the brightness
 * @param contrast of the contrast
 * @param saturation of the saturation
 * @param hue of the hue, at most 0.5
 */
public record ColorJitter(float brightness, float contrast, float saturation, float hue) implements Augmentation {
    /** The definition. */
    public static final Def<ColorJitter> DEF = Def.named("color_jitter")
            .summary("changes the colours of pictures at random")
            .notes(
                    "Random factors from 1 − x to 1 + x, not below 0, in random order, as torchvision's ColorJitter. Grey pictures have brightness and contrast only.")
            .attribute("brightness", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "how much brightness varies")
            .attribute("contrast", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "how much contrast varies")
            .attribute("saturation", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "how much saturation varies")
            .attribute("hue", AttributeType.FLOAT, 0f, Limit.PROBABILITY, "how far the hue turns, at most 0.5")
            .build(a -> new ColorJitter(a.real("brightness"), a.real("contrast"), a.real("saturation"), a.real("hue")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("color_jitter", input);
        if (input.channels() != 1 && input.channels() != 3) {
            throw Images.unsuited(
                    "the input " + input + " has " + input.channels() + " channels, colours have 3, grey has 1",
                    "leave it out: only pictures have colours");
        }
        if (hue > 0.5f) {
            throw Images.unsuited("the hue turns by " + hue + " of a circle each way", "turn by at most 0.5");
        }
    }

    @Override
    public Def<ColorJitter> def() {
        return DEF;
    }
}
