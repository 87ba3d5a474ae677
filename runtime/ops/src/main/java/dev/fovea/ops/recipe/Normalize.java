package dev.fovea.ops.recipe;

import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;
import java.util.List;

/**
 * Subtracts a mean from each channel and divides by a deviation, while training and after. Without numbers it is by those of the data that
 * are trained with, which {@code fovea} works out once; a program gives them by its recipe's {@code normalizedBy}.
 *
 * @param mean one for each channel, or one for all; pixels reach from 0 to 1; empty for that of the data
 * @param std likewise, greater than 0
 */
public record Normalize(List<Float> mean, List<Float> std) implements Augmentation {
    /** The definition. */
    public static final Def<Normalize> DEF = Def.named("normalize")
            .summary("subtracts a mean from each channel and divides by a deviation")
            .notes(
                    "Pixels reach from 0 to 1 before. It is done at inference too. Without arguments the numbers are those of the pictures"
                            + " trained with: `fovea train` works them out once, and keeps them in `statistics.json` beside the data and in the run.")
            .attribute(
                    "mean",
                    AttributeType.FLOATS,
                    List.of(),
                    Limit.ANY,
                    "one for each channel, or one for all; else the data's")
            .attribute(
                    "std",
                    AttributeType.FLOATS,
                    List.of(),
                    Limit.POSITIVE,
                    "one for each channel, or one for all; else the data's")
            .build(a -> new Normalize(a.reals("mean"), a.reals("std")));

    /** Copies the lists. */
    public Normalize {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** Whether the numbers are those of the data, which are to be put in. */
    public boolean isByData() {
        return mean.isEmpty() && std.isEmpty();
    }

    @Override
    public void check(Shape input) throws Misfit {
        Images.require("normalize", input);
        if (isByData()) {
            return;
        }
        if (mean.isEmpty() || std.isEmpty()) {
            throw Images.unsuited(
                    (mean.isEmpty() ? "a std without a mean" : "a mean without a std"),
                    "give both, or neither for those of the data");
        }
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
