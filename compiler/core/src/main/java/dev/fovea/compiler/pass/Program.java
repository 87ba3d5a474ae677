package dev.fovea.compiler.pass;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.graph.Output;
import dev.fovea.compiler.graph.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What will run: the calls in order, over the graph they came from. Tensors keep the ids of their nodes.
 *
 * @param graph the model
 * @param calls each after what it reads
 */
public record Program(Graph graph, List<Call> calls) {
    /** Copies the list. */
    public Program {
        calls = List.copyOf(calls);
    }

    /** One call an operator. */
    public static Program of(Graph graph) {
        return new Program(graph, graph.operators().stream().map(Call::of).toList());
    }

    /** The same graph, other calls. */
    public Program with(List<Call> others) {
        return new Program(graph, others);
    }

    /** The nodes that something outside looks at: outputs, and what a loss, metric or layer-wise phase of a recipe reads. */
    public Set<Integer> observed() {
        Set<Integer> observed = new LinkedHashSet<>();
        graph.outputs().stream().map(Output::node).forEach(observed::add);
        for (Recipe recipe : graph.recipes()) {
            for (Recipe.Phase phase : recipe.phases()) {
                phase.losses().forEach(term -> observed.add(term.prediction()));
                phase.metrics().forEach(use -> observed.add(use.prediction()));
                phase.stage().filter(stage -> !stage.ofInput()).ifPresent(stage -> observed.add(stage.source()));
            }
        }
        return observed;
    }

    /** For each tensor the places of the calls that read it, in order, one entry a reading. */
    public Map<Integer, List<Integer>> readers() {
        Map<Integer, List<Integer>> readers = new TreeMap<>();
        for (int i = 0; i < calls.size(); i++) {
            for (int input : calls.get(i).inputs()) {
                readers.computeIfAbsent(input, id -> new ArrayList<>()).add(i);
            }
        }
        return readers;
    }

    /** The text form that tests compare: one call a line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Call call : calls) {
            text.append('%')
                    .append(call.output().id())
                    .append(" = ")
                    .append(call.name())
                    .append(": ")
                    .append(call.op());
            call.activation().map(OpNode::op).ifPresent(op -> text.append(" -> ")
                    .append(op));
            call.inputs().forEach(input -> text.append(" %").append(input));
            text.append(" :: ").append(call.output().shape()).append('\n');
        }
        return text.toString();
    }
}
