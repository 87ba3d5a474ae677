package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Pair;
import dev.fovea.ops.Shape;

/**
 * Pads a picture with 0 and cuts a part out of it at a random place; at its middle when not training.
 *
 * @param size of the part: the height and width of the model's input
 * @param padding on each side, before the cut
 */
public record RandomCrop(Pair size, int padding) implements Augmentation {
    /** The definition. */
    public static final Def<RandomCrop> DEF = Def.named("random_crop")
            .summary("cuts a part out of pictures at random")
            .notes(
                    "Pads with 0, then cuts; at inference the middle. Pictures in files are prepared a little larger than the input when nothing is padded.")
            .required("size", AttributeType.PAIR, Limit.AT_LEAST_ONE, "height and width of the part")
            .attribute("padding", AttributeType.INT, 0, Limit.NOT_NEGATIVE, "on each side, before the cut")
            .build(a -> new RandomCrop(a.pair("size"), a.integer("padding")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("random_crop", input);
        Pair wanted = new Pair(input.height(), input.width());
        if (!size.equals(wanted)) {
            throw Images.unsuited("a part of " + size + " for an input " + input, "use random_crop(" + wanted + ")");
        }
    }

    @Override
    public boolean cutsFromLarger() {
        return padding == 0;
    }

    @Override
    public Def<RandomCrop> def() {
        return DEF;
    }
}
