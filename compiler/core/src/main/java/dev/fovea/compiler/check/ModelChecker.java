package dev.fovea.compiler.check;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.resolve.ResolvedFile;
import dev.fovea.compiler.syntax.Declaration.Train;
import dev.fovea.compiler.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Checks a model as a whole: its recipes, then, where all is well, the graph and its contracts. */
public final class ModelChecker {
    private final MemoryMeter memory;

    /** A checker that measures memory so. */
    public ModelChecker(MemoryMeter memory) {
        this.memory = memory;
    }

    /** A recipe and the file it stands in. */
    public record PlacedRecipe(Train recipe, ResolvedFile file) {}

    /** A recipe whose model lacks values for parameters. */
    public static Diagnostic.Builder recipeForTemplate(Train recipe, List<String> missing) {
        return RecipeFaults.ofTemplate(recipe.model(), missing);
    }

    /**
     * Checks a model; the graph is empty after a fault.
     *
     * @param packageName of the class to be generated
     */
    public Optional<Graph> check(Draft draft, String packageName, List<PlacedRecipe> placed) {
        List<Recipe> recipes = new ArrayList<>();
        int errors = draft.evaluation().errors();
        if (!placed.isEmpty()) {
            LayerPaths layers = new LayerPaths(draft);
            placed.forEach(one -> new RecipeChecker(draft, layers, one.recipe(), one.file())
                    .check()
                    .ifPresent(recipes::add));
        }
        boolean isWhole = !draft.hasFaults()
                && draft.outputs().stream().allMatch(output -> output.value() instanceof Value.Tensor);
        if (!isWhole) {
            return Optional.empty();
        }
        // The unnamed one first; otherwise as they stand.
        recipes.sort(Comparator.comparing(recipe -> !recipe.name().isEmpty()));
        Graph graph = GraphAssembly.assemble(draft, packageName, recipes);
        Contracts.check(draft, graph, memory);
        boolean isSound = draft.evaluation().errors() == errors;
        return isSound ? Optional.of(graph) : Optional.empty();
    }
}
