package dev.fovea.compiler.check;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.graph.Recipe;
import java.util.List;
import java.util.Optional;

/**
 * A recipe after its check.
 *
 * @param recipe what a runtime can do; empty after a fault or where there are obstacles
 * @param obstacles what is legal but cannot be run yet, one error each, for whoever wants to train
 */
record CheckedRecipe(Optional<Recipe> recipe, List<Diagnostic> obstacles) {
    CheckedRecipe {
        obstacles = List.copyOf(obstacles);
    }
}
