package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Turns, moves, scales and shears a picture about its middle at random, as torchvision's {@code RandomAffine}: each pixel is the nearest one of
 * the picture, what comes in is 0.
 *
 * @param degrees the largest angle, either way
 * @param translate the largest move, either way: a share of the height and one of the width, or one of both. torchvision's pair names the
 *     width first
 * @param minScale the smallest factor of the size
 * @param maxScale the largest factor
 * @param shear the largest angle in degrees by which upright lines lean, either way
 */
public record Affine(float degrees, List<Float> translate, float minScale, float maxScale, float shear)
        implements Augmentation {
    private static final AttributeType SHARES =
            new AttributeType("a number for both axes or a pair (height, width)", List.of(), Affine::shares);

    /** The definition. */
    public static final Def<Affine> DEF = Def.named("affine")
            .summary("turns, moves, scales and shears pictures at random")
            .attribute("degrees", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "the largest angle, either way")
            .attribute(
                    "translate",
                    SHARES,
                    List.of(0f),
                    Limit.PROBABILITY,
                    "the largest move, as a share of height and width")
            .attribute("min_scale", AttributeType.FLOAT, 1f, Limit.POSITIVE, "the smallest factor of the size")
            .attribute("max_scale", AttributeType.FLOAT, 1f, Limit.POSITIVE, "the largest factor of the size")
            .attribute("shear", AttributeType.FLOAT, 0f, Limit.NOT_NEGATIVE, "the largest lean in degrees, either way")
            .build(a -> new Affine(
                    a.real("degrees"),
                    a.reals("translate"),
                    a.real("min_scale"),
                    a.real("max_scale"),
                    a.real("shear")));

    /** Copies the list. */
    public Affine {
        translate = List.copyOf(translate);
        if (translate.isEmpty() || translate.size() > 2) {
            throw new IllegalArgumentException("one share or a pair, not " + translate);
        }
    }

    /** The largest move upwards and downwards, as a share of the height. */
    public float down() {
        return translate.get(0);
    }

    /** The largest move to the sides, as a share of the width. */
    public float right() {
        return translate.get(translate.size() - 1);
    }

    private static Optional<Object> shares(Object raw) {
        if (raw instanceof List<?> both) {
            return both.size() == 2 ? AttributeType.FLOATS.convert(both) : Optional.empty();
        }
        return AttributeType.FLOAT.convert(raw).map(List::of);
    }

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
