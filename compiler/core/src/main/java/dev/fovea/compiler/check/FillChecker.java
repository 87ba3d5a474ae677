package dev.fovea.compiler.check;

import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.elaborate.Evaluation;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.syntax.LabelPath;
import dev.fovea.compiler.syntax.RecipeEntry;
import dev.fovea.ops.AttributeType;
import dev.fovea.ops.Initializer;
import dev.fovea.ops.Initializers;
import dev.fovea.ops.recipe.Fill;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks {@code init} entries: which weights begin how. They are those that the {@code init} of an operator fills, never biases or norms. */
final class FillChecker {
    private final Evaluation evaluation;
    private final PhaseChecker phase;
    private final LayerPaths layers;
    private final boolean isWhole;
    private final Set<String> weights = new LinkedHashSet<>();

    FillChecker(Draft draft, Evaluation evaluation, PhaseChecker phase, LayerPaths layers) {
        this.evaluation = evaluation;
        this.phase = phase;
        this.layers = layers;
        this.isWhole = !draft.hasFaults();
        for (Node node : draft.nodes()) {
            if (node instanceof OpNode layer && isFilled(layer)) {
                weights.add(draft.parameters().get(layer.parameters().get(0)).name());
            }
        }
    }

    private static boolean isFilled(OpNode layer) {
        return !layer.parameters().isEmpty()
                && layer.op()
                        .def()
                        .signature()
                        .attribute("init")
                        .filter(attribute -> attribute.type().equals(AttributeType.INITIALIZER))
                        .isPresent();
    }

    /** What the entries come to; of several for a weight the last one counts. */
    List<Fill> check(List<RecipeEntry.Init> entries) {
        Map<String, Initializer> chosen = new LinkedHashMap<>();
        for (RecipeEntry.Init entry : entries) {
            Optional<Initializer> initializer = phase.create(Initializers.REGISTRY, "initialiser", entry.initialiser());
            for (String weight : named(entry)) {
                initializer.ifPresent(filling -> chosen.put(weight, filling));
            }
        }
        Map<Initializer, List<String>> grouped = new LinkedHashMap<>();
        chosen.forEach((weight, filling) ->
                grouped.computeIfAbsent(filling, none -> new ArrayList<>()).add(weight));
        List<Fill> fills = new ArrayList<>();
        grouped.forEach((filling, names) -> fills.add(new Fill(filling, names)));
        return fills;
    }

    private Set<String> named(RecipeEntry.Init entry) {
        if (entry.layers().isEmpty()) {
            return weights;
        }
        Set<String> named = new LinkedHashSet<>();
        for (LabelPath path : entry.layers()) {
            List<String> below = weights.stream()
                    .filter(weight -> weight.startsWith(path.text() + ".") || weight.equals(path.text()))
                    .toList();
            named.addAll(below);
            if (below.isEmpty() && isWhole) {
                evaluation.report(
                        layers.hasParameters(path.text())
                                ? RecipeFaults.nothingToFill(path)
                                : RecipeFaults.unknownLayer(path, layers.names()));
            }
        }
        return named;
    }
}
