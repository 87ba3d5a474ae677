package dev.fovea.ops.recipe;

import dev.fovea.ops.Misfit;
import dev.fovea.ops.Shape;
import java.util.List;

/** Conditions that augmentations share. */
final class Images {
    private Images() {}

    static void require(String name, Shape input) throws Misfit {
        if (input.rank() != 3) {
            throw new Misfit(
                    "CNN0310",
                    "`" + name + "` needs an image",
                    "the input is " + input + ", of rank " + input.rank() + ", not [channels, height, width]",
                    List.of("leave it out: only pictures can be augmented"));
        }
    }

    static Misfit unsuited(String label, String help) {
        return new Misfit("CNN0314", "the augmentation does not suit the input", label, List.of(help));
    }
}
