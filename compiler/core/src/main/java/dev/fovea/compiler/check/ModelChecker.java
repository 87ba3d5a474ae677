package dev.fovea.compiler.check;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.resolve.ResolvedFile;
import dev.fovea.compiler.syntax.Declaration.Train;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * What came of a model.
     *
     * @param graph empty after a fault
     * @param obstacles by recipe, what keeps it from being run by this version; the unnamed one's name is empty
     */
    public record Checked(Optional<Graph> graph, Map<String, List<Diagnostic>> obstacles) {}

    /** A recipe whose model lacks values for parameters. */
    public static Diagnostic.Builder recipeForTemplate(Train recipe, List<String> missing) {
        return RecipeFaults.ofTemplate(recipe.model(), missing);
    }

    /**
     * Checks a model.
     *
     * @param packageName of the class to be generated
     */
    public Checked check(Draft draft, String packageName, List<PlacedRecipe> placed) {
        List<Recipe> recipes = new ArrayList<>();
        Map<String, List<Diagnostic>> obstacles = new LinkedHashMap<>();
        int errors = draft.evaluation().errors();
        if (!placed.isEmpty()) {
            LayerPaths layers = new LayerPaths(draft);
            placed.forEach(one -> check(draft, layers, one, recipes, obstacles));
        }
        boolean isWhole = !draft.hasFaults()
                && draft.outputs().stream().allMatch(output -> output.value() instanceof Value.Tensor);
        if (!isWhole) {
            return new Checked(Optional.empty(), obstacles);
        }
        // The unnamed one first; otherwise as they stand.
        recipes.sort(Comparator.comparing(recipe -> !recipe.name().isEmpty()));
        Graph graph = GraphAssembly.assemble(draft, packageName, recipes);
        Contracts.check(draft, graph, memory);
        boolean isSound = draft.evaluation().errors() == errors;
        return new Checked(isSound ? Optional.of(graph) : Optional.empty(), obstacles);
    }

    private static void check(
            Draft draft,
            LayerPaths layers,
            PlacedRecipe placed,
            List<Recipe> recipes,
            Map<String, List<Diagnostic>> obstacles) {
        Train recipe = placed.recipe();
        CheckedRecipe checked = new RecipeChecker(draft, layers, recipe, placed.file()).check();
        checked.recipe().ifPresent(recipes::add);
        if (!checked.obstacles().isEmpty()) {
            obstacles.put(recipe.name().map(Identifier::name).orElse(""), checked.obstacles());
        }
    }
}
