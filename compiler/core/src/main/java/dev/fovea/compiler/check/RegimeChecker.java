package dev.fovea.compiler.check;

import dev.fovea.compiler.elaborate.Evaluation;
import dev.fovea.compiler.graph.Recipe.MetricUse;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Invocation;
import dev.fovea.compiler.syntax.RecipeEntry;
import dev.fovea.ops.Attribute;
import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Limit;
import dev.fovea.ops.recipe.Regime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the entries that say how gradients and weights are treated, when a phase ends and what it keeps. */
final class RegimeChecker {
    private static final Attribute BATCHES = new Attribute(
            "accumulate", AttributeType.INT, Optional.empty(), Optional.empty(), Limit.AT_LEAST_ONE, "how many");

    private final Evaluation evaluation;
    private final PhaseChecker phase;

    RegimeChecker(Evaluation evaluation, PhaseChecker phase) {
        this.evaluation = evaluation;
        this.phase = phase;
    }

    /**
     * What the entries say; after a fault as if the entry were not there.
     *
     * @param metrics those of the phase, by whose names its epochs can be judged
     */
    Regime check(EntryTable entries, Optional<RecipeWords.Clip> clip, List<MetricUse> metrics) {
        int accumulate = entries.one(RecipeEntry.Accumulate.class)
                .flatMap(entry -> evaluation.evaluate(entry.batches(), BATCHES))
                .map(Integer.class::cast)
                .orElse(1);
        Optional<Float> average = entries.one(RecipeEntry.Average.class)
                .flatMap(entry -> phase.create(RecipeWords.AVERAGES, "average", entry.rule()));
        Set<String> figures = figures(metrics);
        Optional<Regime.Stop> stop = Optional.empty();
        Optional<RecipeEntry.Stop> stopEntry = entries.one(RecipeEntry.Stop.class);
        if (stopEntry.isPresent()) {
            stop = phase.create(
                    RecipeWords.STOPS, "stopping rule", stopEntry.get().rule());
            stop.ifPresent(rule -> known(rule.metric(), stopEntry.get().rule(), figures));
        }
        Optional<String> best = Optional.empty();
        Optional<RecipeEntry.Keep> keepEntry = entries.one(RecipeEntry.Keep.class);
        if (keepEntry.isPresent()) {
            best = phase.create(RecipeWords.KEEPS, "rule", keepEntry.get().rule());
            best.ifPresent(metric -> known(metric, keepEntry.get().rule(), figures));
        }
        return new Regime(clip.flatMap(RecipeWords.Clip::value), accumulate, average, stop, best, checkpoints(entries));
    }

    /**
     * The same for a phase that trains layers by themselves, which have a loss and no metrics. What is said around the phases for those
     * that have both is none of its business.
     */
    Regime checkLayerwise(EntryTable entries, Optional<RecipeWords.Clip> clip) {
        refuse("accumulate", entries.own(RecipeEntry.Accumulate.class));
        refuse("average", entries.own(RecipeEntry.Average.class));
        refuse("keep", entries.own(RecipeEntry.Keep.class));
        Optional<Regime.Stop> stop = Optional.empty();
        Optional<RecipeEntry.Stop> entry = entries.one(RecipeEntry.Stop.class);
        if (entry.isPresent()) {
            stop = phase.create(RecipeWords.STOPS, "stopping rule", entry.get().rule());
            if (entries.own(RecipeEntry.Stop.class).isEmpty()) {
                stop = stop.filter(rule -> rule.metric().equals(Regime.LOSS));
            }
            stop.filter(rule -> !rule.metric().equals(Regime.LOSS))
                    .ifPresent(rule -> evaluation.report(LayerwiseFaults.onlyLoss(
                            rule.metric(), place(entry.get().rule()))));
        }
        return new Regime(
                clip.flatMap(RecipeWords.Clip::value),
                1,
                Optional.empty(),
                stop,
                Optional.empty(),
                checkpoints(entries));
    }

    private void refuse(String word, List<? extends RecipeEntry> own) {
        own.forEach(one -> evaluation.report(LayerwiseFaults.ofWholeModel(word, one.span())));
    }

    private Optional<Integer> checkpoints(EntryTable entries) {
        return entries.one(RecipeEntry.Checkpoint.class)
                .flatMap(entry -> phase.create(RecipeWords.CHECKPOINTS, "checkpoint rule", entry.rule()));
    }

    private void known(String metric, Invocation rule, Set<String> figures) {
        if (!figures.contains(metric)) {
            evaluation.report(RecipeFaults.unknownFigure(metric, place(rule), new ArrayList<>(figures)));
        }
    }

    /** Where the name of the metric stands. */
    private static Span place(Invocation rule) {
        for (Argument argument : rule.arguments()) {
            if (argument.name().map(name -> name.name().equals("metric")).orElse(true)) {
                return argument.value().span();
            }
        }
        return rule.span();
    }

    /** Metrics that share a name are told apart by what they read, as the runtime does. */
    private Set<String> figures(List<MetricUse> metrics) {
        Set<String> names = new LinkedHashSet<>(List.of(Regime.LOSS));
        for (MetricUse use : metrics) {
            String label = use.metric().label();
            List<MetricUse> alike = metrics.stream()
                    .filter(other -> other.metric().label().equals(label))
                    .distinct()
                    .toList();
            boolean sameOutput =
                    alike.stream().anyMatch(other -> !other.equals(use) && other.prediction() == use.prediction());
            names.add(label
                    + (alike.size() == 1 ? "" : "_" + phase.nameOf(use.prediction()))
                    + (sameOutput ? "_" + use.target() : ""));
        }
        return names;
    }
}
