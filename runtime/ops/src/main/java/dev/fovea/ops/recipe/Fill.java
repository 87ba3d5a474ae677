package dev.fovea.ops.recipe;

import dev.fovea.ops.Initializer;
import java.util.List;

/**
 * That some weights begin otherwise than their layers say: what {@code init} in a recipe comes to.
 *
 * @param initializer what they are drawn by
 * @param parameters their names, as {@code conv1.weight}
 */
public record Fill(Initializer initializer, List<String> parameters) {
    /** Copies the list. */
    public Fill {
        parameters = List.copyOf(parameters);
    }
}
