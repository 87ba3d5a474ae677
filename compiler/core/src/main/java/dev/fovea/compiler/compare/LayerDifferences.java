package dev.fovea.compiler.compare;

import dev.fovea.compiler.graph.ArgumentTexts;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.graph.OpNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is different about two layers that correspond. */
final class LayerDifferences {
    private static final String ARROW = " → ";

    private final Graph from;
    private final Graph to;
    private final Map<String, String> partners;

    /**
     * For the layers of two models.
     *
     * @param partners for the name of each node of the first model that has one, its partner's in the second
     */
    LayerDifferences(Graph from, Graph to, Map<String, String> partners) {
        this.from = from;
        this.to = to;
        this.partners = partners;
    }

    /** A phrase for each difference; none where the layers are the same. */
    List<String> of(OpNode before, OpNode after) {
        List<String> details = new ArrayList<>();
        boolean matters = !before.parameters().isEmpty() || !Likeness.isCounted(before) || !Likeness.isCounted(after);
        if (!before.name().equals(after.name()) && matters) {
            details.add("was `" + before.name() + "`");
        }
        if (!before.op().name().equals(after.op().name())) {
            details.add(before.op().name() + ARROW + after.op().name());
        } else {
            details.addAll(arguments(before, after));
        }
        if (!before.shape().equals(after.shape())) {
            details.add("output " + before.shape() + ARROW + after.shape());
        }
        if (details.isEmpty()) {
            details.addAll(weights(before, after));
        }
        if (before.trainOnly() != after.trainOnly()) {
            details.add(after.trainOnly() ? "now only while training" : "now at inference, too");
        }
        reads(before, after, details);
        return details;
    }

    private static List<String> arguments(OpNode before, OpNode after) {
        Map<String, String> old = ArgumentTexts.of(before.op());
        List<String> details = new ArrayList<>();
        ArgumentTexts.of(after.op()).forEach((name, value) -> {
            String was = old.getOrDefault(name, "");
            if (!was.equals(value)) {
                details.add(name + " " + was + ARROW + value);
            }
        });
        return details;
    }

    /** Parameters that have another shape, as they do where only the input has. */
    private List<String> weights(OpNode before, OpNode after) {
        List<String> details = new ArrayList<>();
        Map<String, String> old = shapes(from, before);
        shapes(to, after).forEach((role, shape) -> {
            String was = old.getOrDefault(role, "");
            if (!was.isEmpty() && !was.equals(shape)) {
                details.add(role + " " + was + ARROW + shape);
            }
        });
        return details;
    }

    private static Map<String, String> shapes(Graph graph, OpNode node) {
        return node.parameters().stream()
                .map(graph.parameters()::get)
                .collect(Collectors.toMap(
                        LayerDifferences::role,
                        parameter -> parameter.parameter().shape().toString(),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private static String role(GraphParameter parameter) {
        return parameter.name().substring(parameter.name().lastIndexOf('.') + 1);
    }

    /** What it reads, where that is not what corresponds; what was put in or taken out in front of it is no news here. */
    private void reads(OpNode before, OpNode after, List<String> details) {
        Set<String> expected = new LinkedHashSet<>();
        for (Node input : inputs(from, before)) {
            String partner = partners.get(input.name());
            if (partner == null) {
                return;
            }
            expected.add(partner);
        }
        Set<String> read = new LinkedHashSet<>();
        for (Node input : inputs(to, after)) {
            if (!partners.containsValue(input.name())) {
                return;
            }
            read.add(input.name());
        }
        if (!expected.equals(read)) {
            details.add("reads " + String.join(", ", read) + " instead of " + String.join(", ", expected));
        }
    }

    private static List<Node> inputs(Graph graph, OpNode node) {
        return node.inputs().stream().map(graph::node).toList();
    }
}
