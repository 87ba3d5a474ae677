package dev.fovea.compiler;

import dev.fovea.compiler.check.ModelChecker;
import dev.fovea.compiler.check.ModelChecker.PlacedRecipe;
import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.elaborate.Faults;
import dev.fovea.compiler.elaborate.ModelElaborator;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.ResolvedFile;
import dev.fovea.compiler.resolve.ResolvedProgram;
import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.resolve.Templates;
import dev.fovea.compiler.syntax.Declaration.Train;
import dev.fovea.compiler.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Elaborates and checks the models of the files given, and those of other files that their recipes train. */
final class Models {
    private final ResolvedProgram program;
    private final ModelElaborator elaborator;
    private final ModelChecker checker;
    private final Faults faults;
    private final Optional<String> wanted;
    private final List<Graph> graphs = new ArrayList<>();

    /**
     * Of a program.
     *
     * @param wanted the name of the models to look at; all where it is empty or no complete model is called so
     */
    Models(
            ResolvedProgram program,
            ModelElaborator elaborator,
            ModelChecker checker,
            Faults faults,
            Optional<String> wanted) {
        this.program = program;
        this.elaborator = elaborator;
        this.checker = checker;
        this.faults = faults;
        this.wanted = wanted;
    }

    /** The sound models. */
    List<Graph> graphs() {
        return graphs;
    }

    void check(Overrides overrides) {
        program.given().forEach(elaborator::constants);
        // What is wrong with a constant is no news where a model uses it.
        faults.flush();
        Map<Symbol, List<PlacedRecipe>> recipes = new LinkedHashMap<>();
        for (ResolvedFile file : program.given()) {
            file.models().forEach(model -> recipes.put(model, new ArrayList<>()));
        }
        for (ResolvedFile file : program.given()) {
            for (Train recipe : file.recipes()) {
                file.lookup(recipe.model().name())
                        .filter(Templates::isModel)
                        .ifPresent(model -> recipes.computeIfAbsent(model, key -> new ArrayList<>())
                                .add(new PlacedRecipe(recipe, file)));
            }
        }
        Set<Symbol> models = recipes.keySet();
        if (wanted.isPresent() && models.stream().anyMatch(model -> isWanted(model, overrides))) {
            models.removeIf(model -> !isWanted(model, overrides));
        }
        recipes.forEach((model, own) -> check(model, own, overrides.of(model)));
    }

    private boolean isWanted(Symbol model, Overrides overrides) {
        return wanted.filter(model.name()::equals).isPresent()
                && Overrides.missing(model, overrides.of(model)).isEmpty();
    }

    private void check(Symbol model, List<PlacedRecipe> recipes, Map<String, Value> overrides) {
        List<String> missing = Overrides.missing(model, overrides);
        if (!missing.isEmpty()) {
            recipes.forEach(one -> faults.report(ModelChecker.recipeForTemplate(one.recipe(), missing)));
            return;
        }
        Optional<Draft> draft = elaborator.elaborate(model, overrides);
        if (draft.isEmpty()) {
            return;
        }
        boolean isGiven = program.given().contains(model.file());
        String packageName =
                isGiven ? model.file().packageName() : recipes.get(0).file().packageName();
        checker.check(draft.get(), packageName, recipes).ifPresent(graphs::add);
    }
}
