package dev.fovea.runtime.train;

import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Tie;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.ops.recipe.Fill;
import dev.fovea.ops.recipe.Metric;
import dev.fovea.ops.recipe.Normalize;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Pretraining;
import dev.fovea.ops.recipe.Regime;
import dev.fovea.ops.recipe.Schedule;
import dev.fovea.ops.recipe.StackedLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A training recipe, as a generated class states it: {@code LeNet5.Recipe.DEFAULT}. Names in it are those of the model's
 * {@link dev.fovea.runtime.model.ModelSpec}.
 *
 * @param name empty for the default one
 * @param targets what losses compare with, in the order of the file
 * @param fills which weights begin otherwise than their layers say, where they are as the model was built: weights that were loaded or
 *     trained stay
 * @param phases in order; a recipe without phases is one unnamed phase
 */
public record Recipe(String name, List<Target> targets, List<Fill> fills, List<Phase> phases) {
    /** Copies the lists. */
    public Recipe {
        targets = List.copyOf(targets);
        fills = List.copyOf(fills);
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("a recipe has at least one phase");
        }
    }

    /** A recipe whose weights begin as the layers say. */
    public Recipe(String name, List<Target> targets, List<Phase> phases) {
        this(name, targets, List.of(), phases);
    }

    /** The same with another number of epochs, in every phase. */
    public Recipe withEpochs(int epochs) {
        return new Recipe(
                name,
                targets,
                fills,
                phases.stream().map(phase -> phase.withEpochs(epochs)).toList());
    }

    /**
     * The same with one more metric in each phase that has losses: one of one's own, as {@link CustomMetric} shows, or one that the file leaves
     * out.
     *
     * @param output of the model
     * @param target what it is compared with: a target of the recipe, or an input
     */
    public Recipe withMetric(Metric metric, String output, String target) {
        MetricUse use = new MetricUse(metric, output, target);
        return new Recipe(
                name,
                targets,
                fills,
                phases.stream()
                        .map(phase -> phase.stage().isEmpty() ? phase.measuring(use) : phase)
                        .toList());
    }

    /** Whether it normalises by figures of the data, which {@link #normalizedBy} puts in. */
    public boolean needsFigures() {
        return phases.stream()
                .flatMap(phase -> phase.augmentations().values().stream())
                .flatMap(List::stream)
                .anyMatch(step -> step instanceof Normalize normalize && normalize.isByData());
    }

    /** The same, where it says {@code normalize} without numbers by these; of each channel, or one for all. */
    public Recipe normalizedBy(List<Float> mean, List<Float> deviation) {
        Normalize numbers = new Normalize(mean, deviation);
        return new Recipe(
                name,
                targets,
                fills,
                phases.stream().map(phase -> phase.normalizedBy(numbers)).toList());
    }

    /** The largest batch of any phase: what a model must be built for. */
    public int largestBatch() {
        return phases.stream().mapToInt(Phase::batch).max().orElseThrow();
    }

    /** The phase whose losses and metrics judge a trained model: the last one that has any. */
    public Phase lastPhase() {
        Phase last = phases.get(phases.size() - 1);
        for (int i = phases.size() - 1; i >= 0 && last.losses().isEmpty(); i--) {
            last = phases.get(i).losses().isEmpty() ? last : phases.get(i);
        }
        return last;
    }

    /**
     * What a loss compares with.
     *
     * @param shape of what a data set delivers a sample: {@code [1]} for a class, {@code [H, W]} for a class a pixel
     * @param classes the number of classes; empty for plain numbers
     */
    public record Target(String name, Shape shape, Optional<Integer> classes) {}

    /**
     * One term of the loss.
     *
     * @param weight its constant factor
     * @param loss an operator of trait {@link dev.fovea.ops.Trait#LOSS}
     * @param output the output it looks at
     * @param target the target or input of the model it compares with; empty for a penalty, which looks at the output alone
     */
    public record LossTerm(float weight, Op loss, String output, String target) {}

    /**
     * A metric.
     *
     * @param output the output it looks at
     * @param target the target it compares with
     */
    public record MetricUse(Metric metric, String output, String target) {
        /**
         * The names of metrics in tables and files, all different: {@code accuracy}; with the output behind it where several have that
         * name, {@code accuracy_aux}; and with the target where that is not enough.
         */
        public static List<String> labels(List<MetricUse> uses) {
            return uses.stream().map(use -> label(use, uses)).toList();
        }

        private static String label(MetricUse use, List<MetricUse> uses) {
            List<MetricUse> alike = uses.stream()
                    .filter(other -> other.metric().label().equals(use.metric().label()))
                    .distinct()
                    .toList();
            boolean sameOutput = alike.stream()
                    .anyMatch(other -> !other.equals(use) && other.output().equals(use.output()));
            return use.metric().label()
                    + (alike.size() == 1 ? "" : "_" + use.output())
                    + (sameOutput ? "_" + use.target() : "");
        }
    }

    /**
     * The layer that a phase trains by itself.
     *
     * @param layer as it stands in the model
     * @param decoder from the layer's code back to its input
     * @param source the input or output of the model whose values the layer reads
     * @param ofInput whether it is an input, perhaps under another shape
     */
    public record Stage(Pretraining method, StackedLayer layer, Op decoder, String source, boolean ofInput) {
        /** Whether the decoder uses the layer's weight. */
        public boolean isTied() {
            return Tie.of(decoder).isTied();
        }
    }

    /**
     * One phase of training. A phase of the file that trains k layers one by one is k phases here, named {@code phase.layer}.
     *
     * @param name empty where the recipe has no phases
     * @param augmentations by the input's name, in the order in which they are applied
     * @param metrics in the order of the file
     * @param frozen labels or prefixes of the parameters that are not moved
     * @param clipNorm the bound on the norm of all gradients together, if any
     * @param seed that of the file; a seed given when training wins over it
     * @param regime how gradients and weights are treated beside the optimizer, when the phase ends and what it keeps
     * @param stage the layer that is trained by itself, without losses and labels; empty where the losses train all of the model
     * @param fills which weights begin anew with the phase
     */
    public record Phase(
            String name,
            List<LossTerm> losses,
            Optimizer optimizer,
            Schedule schedule,
            int batch,
            int epochs,
            Map<String, List<Augmentation>> augmentations,
            List<MetricUse> metrics,
            List<String> frozen,
            Optional<Float> clipNorm,
            Optional<Long> seed,
            Regime regime,
            Optional<Stage> stage,
            List<Fill> fills) {
        /** Copies the collections. */
        public Phase {
            losses = List.copyOf(losses);
            augmentations = Collections.unmodifiableMap(new TreeMap<>(augmentations));
            metrics = List.copyOf(metrics);
            frozen = List.copyOf(frozen);
            fills = List.copyOf(fills);
            if (batch < 1 || epochs < 1) {
                throw new IllegalArgumentException(
                        "batch and epochs must be at least 1, not " + batch + " and " + epochs);
            }
            if (stage.isPresent() && !regime.suitsLayer()) {
                throw new IllegalArgumentException(
                        "a layer that is trained by itself takes each batch as it comes, and ends"
                                + " with the weights that its decoder ends with: not with " + regime);
            }
        }

        /** A phase that trains all of the model by its losses, and treats gradients and weights plainly. */
        public Phase(
                String name,
                List<LossTerm> losses,
                Optimizer optimizer,
                Schedule schedule,
                int batch,
                int epochs,
                Map<String, List<Augmentation>> augmentations,
                List<MetricUse> metrics,
                List<String> frozen,
                Optional<Float> clipNorm,
                Optional<Long> seed) {
            this(
                    name,
                    losses,
                    optimizer,
                    schedule,
                    batch,
                    epochs,
                    augmentations,
                    metrics,
                    frozen,
                    clipNorm,
                    seed,
                    Regime.PLAIN,
                    Optional.empty(),
                    List.of());
        }

        /** The names of the metrics in tables and files, in their order; see {@link MetricUse#labels}. */
        public List<String> metricLabels() {
            return MetricUse.labels(metrics);
        }

        /** The same with another number of epochs. */
        public Phase withEpochs(int others) {
            return changed(others, regime, stage, fills);
        }

        /** The same with another treatment of gradients and weights. */
        public Phase with(Regime other) {
            return changed(epochs, other, stage, fills);
        }

        /** The same, training one layer by itself. */
        public Phase with(Stage layer) {
            return changed(epochs, regime, Optional.of(layer), fills);
        }

        private Phase measuring(MetricUse more) {
            List<MetricUse> all = new ArrayList<>(metrics);
            all.add(more);
            return changed(epochs, regime, stage, fills, augmentations, all);
        }

        private Phase normalizedBy(Normalize numbers) {
            Map<String, List<Augmentation>> known = new TreeMap<>();
            augmentations.forEach((input, steps) -> known.put(
                    input,
                    steps.stream()
                            .map(step -> step instanceof Normalize open && open.isByData() ? numbers : step)
                            .toList()));
            return changed(epochs, regime, stage, fills, known, metrics);
        }

        /** The same, with weights that begin anew. */
        public Phase filling(Fill... anew) {
            return changed(epochs, regime, stage, List.of(anew));
        }

        private Phase changed(int epochCount, Regime treatment, Optional<Stage> layer, List<Fill> anew) {
            return changed(epochCount, treatment, layer, anew, augmentations, metrics);
        }

        private Phase changed(
                int epochCount,
                Regime treatment,
                Optional<Stage> layer,
                List<Fill> anew,
                Map<String, List<Augmentation>> steps,
                List<MetricUse> uses) {
            return new Phase(
                    name,
                    losses,
                    optimizer,
                    schedule,
                    batch,
                    epochCount,
                    steps,
                    uses,
                    frozen,
                    clipNorm,
                    seed,
                    treatment,
                    layer,
                    anew);
        }
    }
}
