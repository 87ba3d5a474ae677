package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;

/**
 * Shifts a picture at random by up to so many pixels each way; what comes in at the border is 0.
 *
 * @param pixels the largest shift, less than the picture's sides
 */
public record Shift(int pixels) implements Augmentation {
    /** The definition. */
    public static final Def<Shift> DEF = Def.named("shift")
            .summary("shifts pictures at random")
            .notes("By up to so many pixels each way; what comes in at the border is 0.")
            .required("pixels", AttributeType.INT, Limit.NOT_NEGATIVE, "the largest shift")
            .build(a -> new Shift(a.integer("pixels")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("shift", input);
        int most = Math.min(input.height(), input.width()) - 1;
        if (pixels > most) {
            throw Images.unsuited("a shift by " + pixels + " pixels empties " + input, "shift by at most " + most);
        }
    }

    @Override
    public Def<Shift> def() {
        return DEF;
    }
}
