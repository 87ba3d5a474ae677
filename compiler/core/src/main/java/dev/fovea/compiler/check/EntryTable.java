package dev.fovea.compiler.check;

import dev.fovea.compiler.elaborate.Evaluation;
import dev.fovea.compiler.syntax.RecipeEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The entries of a recipe or phase by their kind; those of a phase go before those of the recipe around it. */
final class EntryTable {
    private static final Set<Class<? extends RecipeEntry>> REPEATABLE = Set.of(
            RecipeEntry.Broken.class,
            RecipeEntry.Target.class,
            RecipeEntry.Augment.class,
            RecipeEntry.Metric.class,
            RecipeEntry.Freeze.class,
            RecipeEntry.Init.class,
            RecipeEntry.Layerwise.class,
            RecipeEntry.Phase.class);

    private final Map<Class<?>, List<RecipeEntry>> entries = new LinkedHashMap<>();
    private final Optional<EntryTable> outer;

    private EntryTable(Optional<EntryTable> outer) {
        this.outer = outer;
    }

    /** The entries of a recipe; reports those that stand there twice and must not. */
    static EntryTable of(List<RecipeEntry> all, Evaluation evaluation) {
        return new EntryTable(Optional.empty()).with(all, evaluation);
    }

    /** The entries of a phase of this recipe. */
    EntryTable phase(List<RecipeEntry> all, Evaluation evaluation) {
        return new EntryTable(Optional.of(this)).with(all, evaluation);
    }

    private EntryTable with(List<RecipeEntry> all, Evaluation evaluation) {
        for (RecipeEntry entry : all) {
            List<RecipeEntry> same = entries.computeIfAbsent(entry.getClass(), kind -> new ArrayList<>());
            same.add(entry);
            if (same.size() > 1 && !REPEATABLE.contains(entry.getClass())) {
                evaluation.report(RecipeFaults.entryTwice(entry, same.get(0)));
            }
        }
        return this;
    }

    /** The entry of a kind: the phase's own, or else the recipe's. */
    <T extends RecipeEntry> Optional<T> one(Class<T> kind) {
        List<T> own = own(kind);
        return own.isEmpty() ? outer.flatMap(table -> table.one(kind)) : Optional.of(own.get(0));
    }

    /** All entries of a kind: the recipe's, then the phase's own. */
    <T extends RecipeEntry> List<T> all(Class<T> kind) {
        Stream<T> inherited = outer.stream().flatMap(table -> table.all(kind).stream());
        return Stream.concat(inherited, own(kind).stream()).toList();
    }

    /** The entries of a kind that stand here themselves. */
    <T extends RecipeEntry> List<T> own(Class<T> kind) {
        return entries.getOrDefault(kind, List.of()).stream().map(kind::cast).toList();
    }
}
