package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;

/**
 * AlexNet's change of colours (Krizhevsky et al. 2012, section 4.1): to every pixel the same sum of the principal components of ImageNet's
 * colours is added, each times its eigenvalue and a normal number. For colours from 0 to 1, in front of a normalisation.
 *
 * @param std the standard deviation of the normal numbers
 */
public record PcaColor(float std) implements Augmentation {
    /** The definition. */
    public static final Def<PcaColor> DEF = Def.named("pca_color")
            .summary("changes the colours of pictures along the principal components of ImageNet's")
            .attribute("std", AttributeType.FLOAT, 0.1f, Limit.NOT_NEGATIVE, "standard deviation of the change")
            .build(a -> new PcaColor(a.real("std")));

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("pca_color", input);
        if (input.channels() != 3) {
            throw Images.unsuited(
                    input.channels() + " channels in " + input, "leave it out: it needs red, green and blue");
        }
    }

    @Override
    public Def<PcaColor> def() {
        return DEF;
    }
}
