package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;

/**
 * Mirrors a picture left to right with a probability.
 *
 * @param p the probability
 */
public record FlipHorizontal(float p) implements Augmentation {
    /** The definition. */
    public static final Def<FlipHorizontal> DEF = Def.named("flip_horizontal")
            .summary("mirrors pictures left to right at random")
            .attribute("p", AttributeType.FLOAT, 0.5f, Limit.PROBABILITY, "how often")
            .build(a -> new FlipHorizontal(a.real("p")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("flip_horizontal", input);
    }

    @Override
    public Def<FlipHorizontal> def() {
        return DEF;
    }
}
