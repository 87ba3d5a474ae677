package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;

/**
 * Covers a square of a picture with 0; its centre is a random pixel, so that it may hang over the border (DeVries and Taylor 2017).
 *
 * @param size the side of the square
 * @param p how often
 */
public record Cutout(int size, float p) implements Augmentation {
    /** The definition. */
    public static final Def<Cutout> DEF = Def.named("cutout")
            .summary("covers a square of pictures at random")
            .notes(
                    "DeVries and Taylor 2017. The centre is a random pixel, so that the square may hang over the border.")
            .required("size", AttributeType.INT, Limit.AT_LEAST_ONE, "the side of the square")
            .attribute("p", AttributeType.FLOAT, 1f, Limit.PROBABILITY, "how often")
            .build(a -> new Cutout(a.integer("size"), a.real("p")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("cutout", input);
    }

    @Override
    public Def<Cutout> def() {
        return DEF;
    }
}
