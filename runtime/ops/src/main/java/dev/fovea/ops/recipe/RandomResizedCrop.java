package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;

/**
 * Cuts a part of random area and proportions out of a picture and resizes it, as torchvision's {@code RandomResizedCrop} with bilinear
 * interpolation and antialias; when not training the middle of the picture.
 *
 * @param size of the result: the height and width of the model's input
 * @param minScale the smallest part of the picture's area
 * @param maxScale the largest part
 * @param minRatio the smallest ratio of width to height
 * @param maxRatio the largest ratio
 */
public record RandomResizedCrop(Pair size, float minScale, float maxScale, float minRatio, float maxRatio)
        implements Augmentation {
    /** The definition. */
    public static final Def<RandomResizedCrop> DEF = Def.named("random_resized_crop")
            .summary("cuts parts of random size out of pictures")
            .notes(
                    "Szegedy et al. 2015; torchvision's RandomResizedCrop with bilinear interpolation and antialias; at inference the middle of the picture.")
            .required("size", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the result")
            .attribute("min_scale", AttributeType.FLOAT, 0.08f, Limit.POSITIVE, "the smallest part of the area")
            .attribute("max_scale", AttributeType.FLOAT, 1f, Limit.POSITIVE, "the largest part of the area")
            .attribute("min_ratio", AttributeType.FLOAT, 3f / 4, Limit.POSITIVE, "the smallest width to height")
            .attribute("max_ratio", AttributeType.FLOAT, 4f / 3, Limit.POSITIVE, "the largest width to height")
            .build(a -> new RandomResizedCrop(
                    a.pair("size"),
                    a.real("min_scale"),
                    a.real("max_scale"),
                    a.real("min_ratio"),
                    a.real("max_ratio")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("random_resized_crop", input);
        Pair wanted = new Pair(input.height(), input.width());
        if (!size.equals(wanted)) {
            throw Images.unsuited(
                    "a result of " + size + " for an input " + input, "use random_resized_crop(" + wanted + ")");
        }
        if (minScale > maxScale || maxScale > 1 || minRatio > maxRatio) {
            throw Images.unsuited(
                    "scales from " + minScale + " to " + maxScale + ", ratios from " + minRatio + " to " + maxRatio,
                    "scales rise to at most 1, and ratios rise");
        }
    }

    @Override
    public boolean cutsFromLarger() {
        return true;
    }

    @Override
    public Def<RandomResizedCrop> def() {
        return DEF;
    }
}
