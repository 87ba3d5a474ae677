package dev.fovea.compiler;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.graph.Graph;
import java.util.List;

/**
 * What a check came to.
 *
 * @param diagnostics all of them, by place
 * @param models the concrete models without faults, in the order of the files
 * @param blockedRecipes recipes that are sound but that no runtime can run yet; they are missing from the graphs
 */
public record CheckResult(List<Diagnostic> diagnostics, List<Graph> models, List<BlockedRecipe> blockedRecipes) {
    /** Copies the lists. */
    public CheckResult {
        diagnostics = List.copyOf(diagnostics);
        models = List.copyOf(models);
        blockedRecipes = List.copyOf(blockedRecipes);
    }

    /** Whether anything is wrong; warnings are not. */
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(one -> one.severity() == Severity.ERROR);
    }

    /**
     * A recipe that cannot be run yet.
     *
     * @param model the name of the model
     * @param recipe the name of the recipe; empty for the unnamed one
     * @param reasons errors to show to whoever asks for training
     */
    public record BlockedRecipe(String model, String recipe, List<Diagnostic> reasons) {
        /** Copies the list. */
        public BlockedRecipe {
            reasons = List.copyOf(reasons);
        }
    }
}
