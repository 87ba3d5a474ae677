package dev.fovea.cli;

import dev.fovea.compiler.CheckResult.BlockedRecipe;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.runtime.FoveaException;
import java.util.List;

/** The recipe that was asked for is sound but holds what cannot be run. */
@SuppressWarnings("serial") // never serialized
final class BlockedRecipeException extends FoveaException {
    private final List<Diagnostic> reasons;

    BlockedRecipeException(BlockedRecipe recipe) {
        super("the recipe of `" + recipe.model() + "` cannot be run", List.of());
        this.reasons = recipe.reasons();
    }

    /** What stands in the way, at its place in the file. */
    List<Diagnostic> reasons() {
        return reasons;
    }
}
