package dev.fovea.compiler.check;

import dev.fovea.compiler.check.RecipeTensors.Reference;
import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.elaborate.Draft.DraftOutput;
import dev.fovea.compiler.elaborate.Evaluation;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Recipe.LossTerm;
import dev.fovea.compiler.graph.Recipe.MetricUse;
import dev.fovea.compiler.graph.Recipe.Phase;
import dev.fovea.compiler.graph.Recipe.Stage;
import dev.fovea.compiler.syntax.Argument;
import dev.fovea.compiler.syntax.Expression;
import dev.fovea.compiler.syntax.Identifier;
import dev.fovea.compiler.syntax.Invocation;
import dev.fovea.compiler.syntax.LabelPath;
import dev.fovea.compiler.syntax.RecipeEntry;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Attribute;
import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Def;
import dev.fovea.ops.Limit;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Registry;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.ops.recipe.Fill;
import dev.fovea.ops.recipe.Metric;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Pretraining;
import dev.fovea.ops.recipe.Recipes;
import dev.fovea.ops.recipe.Regime;
import dev.fovea.ops.recipe.Schedule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the entries of one phase, or of a recipe without phases. */
final class PhaseChecker {
    private static final int DEFAULT_BATCH = 32;
    private static final int DEFAULT_EPOCHS = 1;
    private static final Attribute BATCH = count("batch");
    private static final Attribute EPOCHS = count("epochs");

    private final Draft draft;
    private final RecipeTensors tensors;
    private final Evaluation evaluation;
    private final LossChecker losses;
    private final LayerPaths layers;

    /**
     * A checker for the phases of one recipe.
     *
     * @param layers the labels of the model
     */
    PhaseChecker(Draft draft, LayerPaths layers, RecipeTensors tensors, Evaluation evaluation) {
        this.draft = draft;
        this.tensors = tensors;
        this.evaluation = evaluation;
        this.losses = new LossChecker(draft, tensors, evaluation);
        this.layers = layers;
    }

    /** What the {@code init} entries say that stand here themselves. */
    List<Fill> fills(EntryTable entries) {
        return new FillChecker(draft, evaluation, this, layers).check(entries.own(RecipeEntry.Init.class));
    }

    /**
     * The phase, or one for each layer that it trains by itself; none after a fault.
     *
     * @param fills which weights begin anew with it
     */
    List<Phase> check(String name, Identifier where, EntryTable entries, List<Fill> fills) {
        List<String> missing = new ArrayList<>();
        boolean isLayerwise = !entries.own(RecipeEntry.Layerwise.class).isEmpty();
        List<LossTerm> terms = entries.one(RecipeEntry.Loss.class)
                .map(loss -> losses.terms(loss.value()))
                .orElse(List.of());
        if (entries.one(RecipeEntry.Loss.class).isEmpty() && !isLayerwise) {
            missing.add("loss");
        }
        Optional<Optimizer> optimizer = entries.one(RecipeEntry.Optimizer.class)
                .flatMap(entry -> create(Recipes.OPTIMIZERS, "optimizer", entry.optimizer()));
        if (entries.one(RecipeEntry.Optimizer.class).isEmpty()) {
            missing.add("optimizer");
        }
        if (!missing.isEmpty() && entries.all(RecipeEntry.Broken.class).isEmpty()) {
            evaluation.report(RecipeFaults.missing(missing, where));
        }
        Optional<Schedule> schedule = entries.one(RecipeEntry.Schedule.class)
                .map(entry -> create(Recipes.SCHEDULES, "schedule", entry.schedule()))
                .orElseGet(PhaseChecker::constantSchedule);
        int batch = entries.one(RecipeEntry.Batch.class)
                .flatMap(entry -> evaluation.evaluate(entry.size(), BATCH))
                .map(Integer.class::cast)
                .orElse(DEFAULT_BATCH);
        int epochs = entries.one(RecipeEntry.Epochs.class)
                .flatMap(entry -> evaluation.evaluate(entry.count(), EPOCHS))
                .map(Integer.class::cast)
                .orElse(DEFAULT_EPOCHS);
        Map<String, List<Augmentation>> augmentations = augmentations(entries);
        List<MetricUse> metrics = metrics(entries);
        List<String> frozen = frozen(entries, where);
        List<Stage> stages = stages(entries, frozen);
        Optional<RecipeWords.Clip> clip = clip(entries);
        RegimeChecker regimes = new RegimeChecker(evaluation, this);
        Regime regime = isLayerwise ? regimes.checkLayerwise(entries, clip) : regimes.check(entries, clip, metrics);
        Optional<Long> seed = seed(entries);
        precision(entries);
        if (optimizer.isEmpty() || schedule.isEmpty() || (isLayerwise ? stages : terms).isEmpty()) {
            return List.of();
        }
        Phase phase = new Phase(
                name,
                isLayerwise ? List.of() : terms,
                optimizer.get(),
                schedule.get(),
                batch,
                epochs,
                augmentations,
                isLayerwise ? List.of() : metrics,
                frozen,
                clip.flatMap(RecipeWords.Clip::norm),
                seed,
                regime,
                Optional.empty(),
                fills);
        if (!isLayerwise) {
            return List.of(phase);
        }
        List<Phase> parts = new ArrayList<>();
        stages.forEach(stage -> parts.add(phase.of(stage, parts.isEmpty())));
        return parts;
    }

    private static Attribute count(String name) {
        return new Attribute(
                name, AttributeType.INT, Optional.empty(), Optional.empty(), Limit.AT_LEAST_ONE, "how many");
    }

    private static Optional<Schedule> constantSchedule() {
        return Recipes.SCHEDULES.named("constant").map(def -> def.create(Map.of()));
    }

    <T> Optional<T> create(Registry<T> registry, String kind, Invocation invocation) {
        return define(registry, kind, invocation).flatMap(def -> evaluation
                .bind(def.signature(), kind, invocation.arguments(), invocation.span())
                .map(def::create));
    }

    private <T> Optional<Def<? extends T>> define(Registry<T> registry, String kind, Invocation invocation) {
        Optional<Def<? extends T>> def = registry.named(invocation.name().name());
        if (def.isEmpty()) {
            evaluation.report(RecipeFaults.unknown(invocation.name(), kind, registry.names()));
        }
        return def;
    }

    private Map<String, List<Augmentation>> augmentations(EntryTable entries) {
        Map<String, List<Augmentation>> all = new LinkedHashMap<>();
        Map<String, InputNode> inputs = layers.inputs();
        for (RecipeEntry.Augment entry : entries.all(RecipeEntry.Augment.class)) {
            Optional<InputNode> input =
                    Optional.ofNullable(inputs.get(entry.input().name()));
            if (input.isEmpty() && !draft.names().containsKey(entry.input().name())) {
                evaluation.report(RecipeFaults.unknownInput(entry.input(), inputs.keySet()));
            }
            List<Augmentation> steps = all.computeIfAbsent(entry.input().name(), key -> new ArrayList<>());
            for (Invocation step : entry.steps()) {
                create(Recipes.AUGMENTATIONS, "augmentation", step).ifPresent(augmentation -> {
                    mixes(all, steps, augmentation, step);
                    steps.add(augmentation);
                    input.ifPresent(node -> fits(augmentation, node, step));
                });
            }
        }
        return all;
    }

    /** Samples are mixed when nothing else is left to do, and all inputs by one share, for their targets have but one. */
    private void mixes(
            Map<String, List<Augmentation>> all, List<Augmentation> before, Augmentation step, Invocation at) {
        if (before.stream().anyMatch(Augmentation::mixesSamples)) {
            evaluation.report(RecipeFaults.afterMixing(step, at.span()));
        } else if (step.mixesSamples()) {
            all.values().stream()
                    .flatMap(List::stream)
                    .filter(other -> other.mixesSamples() && !other.equals(step))
                    .findFirst()
                    .ifPresent(other -> evaluation.report(RecipeFaults.mixedOtherwise(at.span())));
        }
    }

    private void fits(Augmentation augmentation, InputNode input, Invocation step) {
        try {
            augmentation.check(input.shape());
        } catch (Misfit misfit) {
            evaluation.report(RecipeFaults.misfit(misfit, step.span()));
        }
    }

    private List<MetricUse> metrics(EntryTable entries) {
        List<MetricUse> all = new ArrayList<>();
        for (RecipeEntry.Metric entry : entries.all(RecipeEntry.Metric.class)) {
            for (Invocation invocation : entry.metrics()) {
                metric(invocation).ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<MetricUse> metric(Invocation invocation) {
        Optional<Def<? extends Metric>> def = define(Recipes.METRICS, "metric", invocation);
        if (def.isEmpty()) {
            return Optional.empty();
        }
        List<Argument> arguments = invocation.arguments();
        long positional = arguments.stream().filter(one -> one.name().isEmpty()).count();
        if (positional < 2) {
            evaluation.report(RecipeFaults.metricTensors(invocation.name().name(), invocation.span()));
            return Optional.empty();
        }
        Expression read = arguments.get(0).value();
        Optional<Value.Tensor> prediction = tensors.prediction(read);
        Optional<Reference> reference = tensors.reference(arguments.get(1).value());
        Optional<Metric> metric = evaluation
                .bind(def.get().signature(), "metric", arguments.subList(2, arguments.size()), invocation.span())
                .map(def.get()::create);
        if (prediction.isEmpty() || reference.isEmpty() || metric.isEmpty()) {
            return Optional.empty();
        }
        if (tensors.isTrainOnly(prediction.get())) {
            evaluation.report(RecipeFaults.trainOnlyMetric(read.span().text(), read.span()));
            return Optional.empty();
        }
        if (!losses.suitsMetric(metric.get(), prediction.get(), reference.get(), invocation.span())) {
            return Optional.empty();
        }
        return Optional.of(new MetricUse(
                metric.get(), prediction.get().node(), reference.get().name()));
    }

    private List<String> frozen(EntryTable entries, Identifier where) {
        List<String> frozen = new ArrayList<>();
        for (RecipeEntry.Freeze entry : entries.all(RecipeEntry.Freeze.class)) {
            for (LabelPath path : entry.layers()) {
                if (layers.hasParameters(path.text())) {
                    frozen.add(path.text());
                } else if (!draft.hasFaults()) {
                    evaluation.report(RecipeFaults.unknownLayer(path, layers.names()));
                }
            }
        }
        if (!frozen.isEmpty() && layers.areAll(new HashSet<>(frozen))) {
            evaluation.report(RecipeFaults.noParameterTrained(where));
        }
        return frozen;
    }

    private Optional<RecipeWords.Clip> clip(EntryTable entries) {
        return entries.one(RecipeEntry.Clip.class)
                .flatMap(entry -> create(RecipeWords.RULES, "clipping rule", entry.rule()));
    }

    /** What the runtime will call a tensor that is looked at: by the output, or else by the layer. */
    String nameOf(int node) {
        return draft.outputs().stream()
                .filter(output -> output.value() instanceof Value.Tensor tensor && tensor.node() == node)
                .map(DraftOutput::name)
                .findFirst()
                .orElseGet(() -> draft.nodes().get(node).name());
    }

    private Optional<Long> seed(EntryTable entries) {
        return entries.one(RecipeEntry.Seed.class)
                .flatMap(entry -> evaluation.evaluate(entry.value(), RecipeWords.SEED))
                .map(Long.class::cast);
    }

    /** The layers that are trained by themselves, in order. */
    private List<Stage> stages(EntryTable entries, List<String> frozen) {
        List<RecipeEntry.Layerwise> written = entries.own(RecipeEntry.Layerwise.class);
        if (written.isEmpty()) {
            return List.of();
        }
        entries.own(RecipeEntry.Loss.class)
                .forEach(loss -> evaluation.report(LayerwiseFaults.ofSupervised("loss", loss.span())));
        entries.own(RecipeEntry.Metric.class)
                .forEach(metric -> evaluation.report(LayerwiseFaults.ofSupervised("metric", metric.span())));
        LayerwiseChecker checker = new LayerwiseChecker(draft, evaluation, layers);
        List<Stage> stages = new ArrayList<>();
        for (RecipeEntry.Layerwise entry : written) {
            Optional<Pretraining> method = create(Recipes.LAYERWISE, "layerwise method", entry.method());
            for (LabelPath path : entry.layers()) {
                if (method.isPresent()) {
                    checker.stage(method.get(), path, frozen).ifPresent(stages::add);
                } else {
                    layer(path);
                }
            }
        }
        return stages;
    }

    private void precision(EntryTable entries) {
        entries.one(RecipeEntry.Precision.class)
                .filter(entry -> !entry.type().name().equals("float32"))
                .ifPresent(entry -> evaluation.report(RecipeFaults.precision(entry.type())));
    }

    private void layer(LabelPath path) {
        if (!layers.hasParameters(path.text()) && !draft.hasFaults()) {
            evaluation.report(RecipeFaults.unknownLayer(path, layers.names()));
        }
    }
}
