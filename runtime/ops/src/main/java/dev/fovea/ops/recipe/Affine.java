package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;

/**
 * Turns, moves, scales and shears a picture about its middle at random, as torchvision's {@code RandomAffine}: each pixel is the nearest one of
 * the picture, what comes in is 0.
 *
 * @param degrees the largest angle, either way
 * @param translate the largest move, either way, as a share of the height and of the width
 * @param minScale the smallest factor of the size
 * @param maxScale the largest factor
 * @param shear the largest angle in degrees by which upright lines lean, either way
 */
public record Affine(float degrees, float translate, float minScale, float maxScale, float shear)
        implements Augmentation {
    /** The definition. */
    public static final Def<Affine> DEF = Def.named("affine")
            .summary("turns, moves, scales and shears pictures at random")
            .attribute("degrees", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "the largest angle, either way")
            .attribute(
                    "translate",
                    AttributeType.FLOAT,
                    0f,
                    Limit.PROBABILITY,
                    "the largest move, as a share of height and width")
            .attribute("min_scale", AttributeType.FLOAT, 1f, Limit.POSITIVE, "the smallest factor of the size")
            .attribute("max_scale", AttributeType.FLOAT, 1f, Limit.POSITIVE, "the largest factor of the size")
            .attribute("shear", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "the largest lean in degrees, either way")
            .build(a -> new Affine(
                    a.real("degrees"), a.real("translate"), a.real("min_scale"), a.real("max_scale"), a.real("shear")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("affine", input);
        if (minScale > maxScale) {
            throw Images.unsuited("scales from " + minScale + " to " + maxScale, "min_scale is at most max_scale");
        }
        if (shear >= 90) {
            throw Images.unsuited("a shear of " + shear + " degrees", "a lean is less than 90 degrees");
        }
    }

    @Override
    public Def<Affine> def() {
        return DEF;
    }
}
