package dev.fovea.cli;

import dev.fovea.compiler.emit.GeneratedSource;
import dev.fovea.compiler.emit.ModelEmitter;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelBuilder;
import dev.fovea.runtime.model.ModelSpec;
import dev.fovea.runtime.train.Recipe;
import java.util.ArrayList;
import java.util.List;

/**
 * A model whose generated class is loaded.
 *
 * @param spec the facts of the class
 * @param recipes of the model, the unnamed one first
 * @param type the class
 */
record LoadedModel(ModelSpec spec, List<Recipe> recipes, Class<?> type) {
    /** Copies the lists. */
    LoadedModel {
        recipes = List.copyOf(recipes);
    }

    /**
     * Generates, compiles and loads the class of a model.
     *
     * @throws FoveaException when this Java has no compiler
     */
    static LoadedModel of(Graph graph) throws FoveaException {
        GeneratedSource source = ModelEmitter.emit(Planner.plan(graph));
        return of(GeneratedClasses.of(List.of(source)), source.className());
    }

    /** The one of a name among generated classes. */
    static LoadedModel of(GeneratedClasses classes, String className) {
        try {
            Class<?> type = classes.loadClass(className);
            ModelSpec spec = (ModelSpec) type.getField("SPEC").get(null);
            List<Recipe> recipes = new ArrayList<>();
            // The only public class inside is that of the recipes.
            for (Class<?> nested : type.getClasses()) {
                for (Object recipe : (List<?>) nested.getField("ALL").get(null)) {
                    recipes.add((Recipe) recipe);
                }
            }
            return new LoadedModel(spec, recipes, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the generated class is not as it should be: " + className, e);
        }
    }

    /** All classes that were generated with it. */
    GeneratedClasses classes() {
        return (GeneratedClasses) type.getClassLoader();
    }

    /** The class's builder. */
    ModelBuilder<? extends CompiledModel> builder() {
        try {
            @SuppressWarnings("unchecked") // every generated class has one
            ModelBuilder<? extends CompiledModel> builder = (ModelBuilder<? extends CompiledModel>)
                    type.getMethod("builder").invoke(null);
            return builder;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the generated class has no builder: " + type, e);
        }
    }

    /**
     * The recipe of a name; with an empty name the unnamed one, or the only one.
     *
     * @throws UsageException when there is none
     */
    Recipe recipe(String wanted) throws FoveaException {
        for (Recipe recipe : recipes) {
            if (recipe.name().equals(wanted) || (wanted.isEmpty() && recipes.size() == 1)) {
                return recipe;
            }
        }
        if (recipes.isEmpty()) {
            throw new UsageException(
                    "`" + spec.name() + "` has no recipe", "write one: train " + spec.name() + " { … }");
        }
        List<String> names = recipes.stream()
                .map(Recipe::name)
                .filter(name -> !name.isEmpty())
                .toList();
        String message = wanted.isEmpty()
                ? "`" + spec.name() + "` has several recipes and none without a name"
                : "`" + spec.name() + "` has no recipe `" + wanted + "`";
        List<String> help = new ArrayList<>(Nearest.help(wanted, names));
        help.add(
                names.isEmpty()
                        ? "leave --recipe out: its only recipe has no name"
                        : "its recipes are " + String.join(", ", names));
        throw new UsageException(message, help.toArray(new String[0]));
    }
}
