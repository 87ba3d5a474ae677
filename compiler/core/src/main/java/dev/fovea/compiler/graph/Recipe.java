package dev.fovea.compiler.graph;

import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.ops.recipe.Fill;
import dev.fovea.ops.recipe.Metric;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Pretraining;
import dev.fovea.ops.recipe.Regime;
import dev.fovea.ops.recipe.Schedule;
import dev.fovea.ops.recipe.StackedLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checked training recipe: what is left of it are records to hand to the runtime.
 *
 * @param name empty for the default one
 * @param targets by declaration; a loss may also name an input of the model as its target
 * @param fills which weights begin otherwise than their layers say
 * @param phases in order; a recipe without phases is one unnamed phase
 */
public record Recipe(String name, List<Target> targets, List<Fill> fills, List<Phase> phases) {
    /** Copies the lists. */
    public Recipe {
        targets = List.copyOf(targets);
        fills = List.copyOf(fills);
        phases = List.copyOf(phases);
    }

    /**
     * What a loss compares with.
     *
     * @param shape of what a data set delivers: {@code [1]} for a class, {@code [H, W]} for a class a pixel
     * @param classes the number of classes, or empty for plain numbers
     */
    public record Target(String name, Shape shape, Optional<Integer> classes) {}

    /**
     * One term of a loss.
     *
     * @param weight its constant factor
     * @param loss an operator of trait {@link dev.fovea.ops.Trait#LOSS}
     * @param prediction the id of the node it looks at
     * @param target the name of the target or of an input of the model; empty for a penalty, which has none
     */
    public record LossTerm(float weight, Op loss, int prediction, String target) {}

    /**
     * A metric.
     *
     * @param prediction the id of the node it looks at
     * @param target the name of the target
     */
    public record MetricUse(Metric metric, int prediction, String target) {}

    /**
     * The layer that a phase trains by itself.
     *
     * @param decoder from its code back to its input
     * @param source the id of the node whose values it reads
     * @param ofInput whether that is an input of the model, perhaps under another shape
     */
    public record Stage(Pretraining method, StackedLayer layer, Op decoder, int source, boolean ofInput) {}

    /**
     * One phase. A phase of the file that trains k layers one by one is k phases here, named {@code phase.layer}.
     *
     * @param name empty where the recipe has no phases
     * @param augmentations by the input's name
     * @param frozen labels or prefixes of the parameters that are not moved
     * @param clipNorm the bound on the norm of all gradients, if any
     * @param regime how gradients and weights are treated beside the optimizer
     * @param stage the layer that is trained by itself, without losses; empty where all of the model is trained by them
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
            augmentations = Map.copyOf(augmentations);
            metrics = List.copyOf(metrics);
            frozen = List.copyOf(frozen);
            fills = List.copyOf(fills);
        }

        /**
         * The phase that trains one layer as this one says.
         *
         * @param isFirst whether it is the first of them, with which weights begin anew
         */
        public Phase of(Stage layer, boolean isFirst) {
            return new Phase(
                    name.isEmpty()
                            ? layer.layer().name()
                            : name + "." + layer.layer().name(),
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
                    regime,
                    Optional.of(layer),
                    isFirst ? fills : List.of());
        }
    }
}
