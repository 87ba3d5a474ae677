package dev.fovea.compiler.check;

import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.elaborate.Evaluation;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.graph.Recipe.Phase;
import dev.fovea.compiler.graph.Recipe.Target;
import dev.fovea.compiler.resolve.ResolvedFile;
import dev.fovea.compiler.resolve.Warnings;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Declaration.Train;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.RecipeEntry;
import dev.fovea.compiler.value.Scope;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Attribute;
import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Fill;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a recipe against the model it trains. */
final class RecipeChecker {
    private static final Attribute CLASSES = new Attribute(
            "classes", AttributeType.INT, Optional.empty(), Optional.empty(), Limit.AT_LEAST_ONE, "how many there are");
    private static final Attribute EXTENT = new Attribute(
            "a size", AttributeType.INT, Optional.empty(), Optional.empty(), Limit.AT_LEAST_ONE, "along one axis");

    private final Draft draft;
    private final LayerPaths layers;
    private final Train recipe;
    private final Evaluation evaluation;
    private final Map<String, Optional<Target>> targets = new LinkedHashMap<>();

    /**
     * A checker for one recipe.
     *
     * @param layers the labels of the model
     * @param file where it stands
     */
    RecipeChecker(Draft draft, LayerPaths layers, Train recipe, ResolvedFile file) {
        this.draft = draft;
        this.layers = layers;
        this.recipe = recipe;
        Scope scope = Scope.of(file);
        draft.names().forEach(scope::define);
        this.evaluation = draft.evaluation().in(scope, Warnings.allowedBy(recipe.annotations()));
    }

    /** The recipe; empty after a fault. */
    Optional<Recipe> check() {
        int errors = evaluation.errors();
        EntryTable entries = EntryTable.of(recipe.entries(), evaluation);
        targets(entries);
        Set<String> words = new LinkedHashSet<>();
        boolean isBroken = broken(recipe.entries(), words);
        words.stream()
                .filter(word -> !draft.names().containsKey(word))
                .forEach(word -> targets.putIfAbsent(word, Optional.empty()));
        RecipeTensors tensors = new RecipeTensors(draft, evaluation, targets);
        PhaseChecker checker = new PhaseChecker(draft, layers, tensors, evaluation);
        List<Fill> fills = checker.fills(entries);
        List<Phase> phases = phases(checker, entries);
        if (isBroken || evaluation.errors() > errors || draft.hasFaults()) {
            return Optional.empty();
        }
        String name = recipe.name().map(Identifier::name).orElse("");
        List<Target> all = targets.values().stream().flatMap(Optional::stream).toList();
        return Optional.of(new Recipe(name, all, fills, phases));
    }

    /** Gathers the words of faulty entries, each of which may have been a target; false where there are none. */
    private static boolean broken(List<RecipeEntry> entries, Set<String> words) {
        boolean any = false;
        for (RecipeEntry entry : entries) {
            if (entry instanceof RecipeEntry.Broken broken) {
                words.addAll(broken.words());
                any = true;
            } else if (entry instanceof RecipeEntry.Phase phase) {
                any |= broken(phase.entries(), words);
            }
        }
        return any;
    }

    private List<Phase> phases(PhaseChecker checker, EntryTable entries) {
        List<RecipeEntry.Phase> written = entries.own(RecipeEntry.Phase.class);
        if (written.isEmpty()) {
            return checker.check("", recipe.name().orElse(recipe.model()), entries, List.of());
        }
        List<Phase> phases = new ArrayList<>();
        Map<String, Span> names = new HashMap<>();
        for (RecipeEntry.Phase phase : written) {
            Span before = names.putIfAbsent(phase.name().name(), phase.name().span());
            if (before != null) {
                evaluation.report(RecipeFaults.phaseTwice(phase.name(), before));
            }
            EntryTable own = entries.phase(phase.entries(), evaluation);
            own.own(RecipeEntry.Target.class).forEach(target -> evaluation.report(RecipeFaults.targetInPhase(target)));
            phases.addAll(checker.check(phase.name().name(), phase.name(), own, checker.fills(own)));
        }
        return phases;
    }

    private void targets(EntryTable entries) {
        Map<String, Span> places = new HashMap<>();
        for (RecipeEntry.Target target : entries.own(RecipeEntry.Target.class)) {
            Identifier name = target.name();
            Span before = places.putIfAbsent(name.name(), name.span());
            if (before != null) {
                evaluation.report(RecipeFaults.targetTwice(name, before));
            } else if (draft.names().get(name.name()) instanceof Value.Tensor) {
                evaluation.report(RecipeFaults.targetNamedAsTensor(name));
            } else {
                targets.put(name.name(), target(name.name(), target.type()));
            }
        }
    }

    private Optional<Target> target(String name, RecipeEntry.TargetType type) {
        if (type instanceof RecipeEntry.TensorTarget tensor) {
            return shape(tensor.shape()).map(shape -> new Target(name, shape, Optional.empty()));
        }
        RecipeEntry.ClassTarget classes = (RecipeEntry.ClassTarget) type;
        Optional<Object> count = evaluation.evaluate(classes.count(), CLASSES);
        Optional<Shape> shape =
                classes.positions().isPresent() ? shape(classes.positions().get()) : Optional.of(Shape.of(1));
        return count.flatMap(number -> shape.map(one -> new Target(name, one, Optional.of((Integer) number))));
    }

    private Optional<Shape> shape(Expression.ListLiteral sizes) {
        List<Optional<Object>> extents = sizes.elements().stream()
                .map(size -> evaluation.evaluate(size, EXTENT))
                .toList();
        if (extents.isEmpty() || extents.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(
                Shape.of(extents.stream().map(extent -> (Integer) extent.get()).toList()));
    }
}
