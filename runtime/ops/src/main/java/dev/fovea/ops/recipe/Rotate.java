package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;

/**
 * Turns a picture about its middle by a random angle, as torchvision's {@code RandomRotation}: each pixel is the nearest one of the
 * picture, what comes in is 0.
 *
 * @param degrees the largest angle, either way
 */
public record Rotate(float degrees) implements Augmentation {
    /** The definition. */
    public static final Def<Rotate> DEF = Def.named("rotate")
            .summary("turns pictures at random")
            .notes(
                    "About the middle, as torchvision's RandomRotation: each pixel is the nearest one of the picture, what comes in is 0.")
            .required("degrees", AttributeType.FLOAT, Limit.NOT_NEGATIVE, "the largest angle, either way")
            .build(a -> new Rotate(a.real("degrees")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("rotate", input);
    }

    @Override
    public Def<Rotate> def() {
        return DEF;
    }
}
