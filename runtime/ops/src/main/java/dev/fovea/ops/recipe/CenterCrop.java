package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;

/**
 * Cuts the middle out of a picture, as torchvision's {@code CenterCrop}; the same when training and testing.
 *
 * @param size of the part
 */
public record CenterCrop(Pair size) implements Augmentation {
    /** The definition. */
    public static final Def<CenterCrop> DEF = Def.named("center_crop")
            .summary("cuts the middle out of pictures")
            .required("size", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the part")
            .build(a -> new CenterCrop(a.pair("size")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("center_crop", input);
    }

    @Override
    public boolean cutsFromLarger() {
        return true;
    }

    @Override
    public Def<CenterCrop> def() {
        return DEF;
    }
}
