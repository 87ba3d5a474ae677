package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;
import java.util.List;

/**
 * Subtracts a mean from each channel and divides by a deviation, while training and after.
 *
 * @param mean one for each channel, or one for all; pixels reach from 0 to 1
 * @param std likewise, greater than 0
 */
public record Normalize(List<Float> mean, List<Float> std) implements Augmentation {
    /** The definition. */
    public static final Def<Normalize> DEF = Def.named("normalize")
            .summary("subtracts a mean from each channel and divides by a deviation")
            .notes("Pixels reach from 0 to 1 before. It is done at inference too.")
            .required("mean", AttributeType.FLOATS, Limit.ANY, "one for each channel, or one for all")
            .required("std", AttributeType.FLOATS, Limit.POSITIVE, "one for each channel, or one for all")
            .build(a -> new Normalize(a.reals("mean"), a.reals("std")));

    /** Copies the lists. */
    public Normalize {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("normalize", input);
        check("mean", mean.size(), input);
        check("std", std.size(), input);
    }

    private static void check(String name, int numbers, Shape input) throws Misfit {
        if (numbers != 1 && numbers != input.channels()) {
            throw Images.unsuited(
                    name + " has " + numbers + " numbers, the input " + input + " has " + input.channels()
                            + " channels",
                    "give " + input.channels() + " numbers, or one for all channels");
        }
    }

    @Override
    public Def<Normalize> def() {
        return DEF;
    }
}
