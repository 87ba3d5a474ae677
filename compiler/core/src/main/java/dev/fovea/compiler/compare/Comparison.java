package dev.fovea.compiler.compare;

import dev.fovea.compiler.compare.Step.Kind;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.graph.Output;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one model becomes another.
 *
 * @param from the first model
 * @param to the second model
 * @param ends inputs and outputs that are not as they were
 * @param steps every layer of both, in the order of the second; what was removed stands where it was
 * @param weights which of the first model's weights the second can begin with
 */
public record Comparison(Graph from, Graph to, List<EndChange> ends, List<Step> steps, WeightFit weights) {
    /** Copies the lists. */
    public Comparison {
        ends = List.copyOf(ends);
        steps = List.copyOf(steps);
    }

    /** Compares two models. */
    public static Comparison of(Graph from, Graph to) {
        return new Comparison(from, to, ends(from, to), steps(from, to), WeightFit.of(from, to));
    }

    /** Whether the two compute the same by the same names. */
    public boolean isSame() {
        return ends.isEmpty()
                && steps.stream().allMatch(step -> step.kind() == Kind.SAME)
                && weights.fitting().size() == to.parameters().size()
                && weights.left().isEmpty();
    }

    private static List<Step> steps(Graph from, Graph to) {
        List<OpNode> before = from.operators();
        List<OpNode> after = to.operators();
        Map<Integer, OpNode> partners = partners(before, after);
        Set<OpNode> added = new LinkedHashSet<>(after);
        added.removeAll(partners.values());
        Map<OpNode, OpNode> moved = moved(before, partners, added);
        Map<String, String> names = new HashMap<>();
        from.inputs().forEach(input -> names.put(input.name(), input.name()));
        before.stream()
                .filter(node -> partners.containsKey(node.id()))
                .forEach(node -> names.put(
                        node.name(),
                        Optional.ofNullable(partners.get(node.id()))
                                .orElseThrow()
                                .name()));
        LayerDifferences differences = new LayerDifferences(from, to, names);
        List<Step> steps = new ArrayList<>();
        int at = 0;
        for (OpNode node : before) {
            OpNode partner = partners.get(node.id());
            if (partner == null) {
                steps.add(new Step(Kind.REMOVED, Optional.of(node), Optional.empty(), List.of()));
            } else if (!moved.containsKey(partner)) {
                at = newcomers(after, at, partner, moved, differences, steps);
                steps.add(pair(Kind.CHANGED, node, partner, differences));
            }
        }
        newcomers(after, at, null, moved, differences, steps);
        return steps;
    }

    /** For the ids of layers of the first model, what they correspond to in the second. */
    private static Map<Integer, OpNode> partners(List<OpNode> before, List<OpNode> after) {
        List<Integer> places = Alignment.of(before, after, Likeness::of, Likeness::isIdentical);
        Map<Integer, OpNode> partners = new HashMap<>();
        Set<List<String>> blocks = new HashSet<>();
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i) != Alignment.NONE) {
                OpNode node = before.get(i);
                OpNode partner = after.get(places.get(i));
                partners.put(node.id(), partner);
                if (!Likeness.isCounted(node) || !node.parameters().isEmpty()) {
                    blocks.add(List.of(Likeness.scope(node), Likeness.scope(partner)));
                }
            }
        }
        // An activation of one block is like that of any other: it is the same one only where the blocks correspond.
        before.stream()
                .filter(node -> node.parameters().isEmpty() && Likeness.isCounted(node))
                .forEach(node -> partners.computeIfPresent(node.id(), (id, partner) -> {
                    List<String> scopes = List.of(Likeness.scope(node), Likeness.scope(partner));
                    boolean correspond = scopes.get(0).equals(scopes.get(1)) || blocks.contains(scopes);
                    return correspond ? partner : null;
                }));
        return partners;
    }

    /** Adds what stands in front of a layer in the second model only; returns the place behind the layer. */
    private static int newcomers(
            List<OpNode> after,
            int at,
            @Nullable OpNode until,
            Map<OpNode, OpNode> moved,
            LayerDifferences differences,
            List<Step> steps) {
        int next = at;
        while (next < after.size() && !after.get(next).equals(until)) {
            OpNode node = after.get(next++);
            OpNode origin = moved.get(node);
            steps.add(
                    origin == null
                            ? new Step(Kind.ADDED, Optional.empty(), Optional.of(node), List.of())
                            : pair(Kind.MOVED, origin, node, differences));
        }
        return next + 1;
    }

    private static Step pair(Kind kind, OpNode from, OpNode to, LayerDifferences differences) {
        List<String> details = differences.of(from, to);
        Kind found = kind == Kind.CHANGED && details.isEmpty() ? Kind.SAME : kind;
        return new Step(found, Optional.of(from), Optional.of(to), details);
    }

    /** Layers without a partner at their place that have their own given name elsewhere; they become partners. */
    private static Map<OpNode, OpNode> moved(List<OpNode> before, Map<Integer, OpNode> partners, Set<OpNode> added) {
        Map<String, OpNode> byName = new HashMap<>();
        added.stream().filter(node -> !Likeness.isCounted(node)).forEach(node -> byName.putIfAbsent(node.name(), node));
        Map<OpNode, OpNode> moved = new HashMap<>();
        for (OpNode node : before) {
            OpNode found = byName.get(node.name());
            if (!partners.containsKey(node.id())
                    && found != null
                    && found.op().name().equals(node.op().name())
                    && moved.putIfAbsent(found, node) == null) {
                partners.put(node.id(), found);
            }
        }
        return moved;
    }

    private static List<EndChange> ends(Graph from, Graph to) {
        List<EndChange> changes = new ArrayList<>();
        compare("input", inputs(from), inputs(to), changes);
        compare("output", outputs(from), outputs(to), changes);
        return changes;
    }

    private static void compare(String word, Map<String, Shape> from, Map<String, Shape> to, List<EndChange> changes) {
        Set<String> names = new LinkedHashSet<>(from.keySet());
        names.addAll(to.keySet());
        for (String name : names) {
            Optional<Shape> before = Optional.ofNullable(from.get(name));
            Optional<Shape> after = Optional.ofNullable(to.get(name));
            if (!before.equals(after)) {
                changes.add(new EndChange(word, name, before, after));
            }
        }
    }

    private static Map<String, Shape> inputs(Graph graph) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        graph.inputs().forEach((InputNode input) -> shapes.put(input.name(), input.shape()));
        return shapes;
    }

    private static Map<String, Shape> outputs(Graph graph) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        graph.outputs()
                .forEach((Output output) ->
                        shapes.put(output.name(), graph.node(output.node()).shape()));
        return shapes;
    }
}
