package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;

/**
 * Mirrors a picture top to bottom with a probability.
 *
 * @param p the probability
 */
public record FlipVertical(float p) implements Augmentation {
    /** The definition. */
    public static final Def<FlipVertical> DEF = Def.named("flip_vertical")
            .summary("mirrors pictures top to bottom at random")
            .attribute("p", AttributeType.FLOAT, 0.5f, Limit.PROBABILITY, "how often")
            .build(a -> new FlipVertical(a.real("p")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("flip_vertical", input);
    }

    @Override
    public Def<FlipVertical> def() {
        return DEF;
    }
}
