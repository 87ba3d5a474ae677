package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.graph.Output;
import dev.fovea.ops.Trait;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A model whose maps between its layers can be looked at: the same graph with some of them as further outputs.
 *
 * @param graph to be compiled
 * @param outputs the names of the outputs that were added
 * @param layers the names of their layers
 */
record ObservedGraph(Graph graph, List<String> outputs, List<String> layers) {
    private static final String PREFIX = "observed_map_";

    /** Copies the lists. */
    ObservedGraph {
        outputs = List.copyOf(outputs);
        layers = List.copyOf(layers);
    }

    /** Looks behind the first, a middle and the last activation on maps {@code [C, H, W]}; where there is none, behind such operators. */
    static ObservedGraph of(Graph graph) {
        List<OpNode> maps = graph.operators().stream()
                .filter(node -> !node.trainOnly()
                        && node.shape().rank() == 3
                        && node.shape().area() > 1
                        && !node.op().def().has(Trait.LOSS))
                .toList();
        List<OpNode> bent = maps.stream()
                .filter(node -> node.op().def().has(Trait.NONLINEARITY))
                .toList();
        List<OpNode> candidates = bent.isEmpty() ? maps : bent;
        Set<OpNode> chosen = new LinkedHashSet<>();
        if (!candidates.isEmpty()) {
            chosen.add(candidates.get(0));
            chosen.add(candidates.get(candidates.size() / 2));
            chosen.add(candidates.get(candidates.size() - 1));
        }
        List<Output> outputs = new ArrayList<>(graph.outputs());
        List<String> names = new ArrayList<>();
        List<String> layers = new ArrayList<>();
        for (OpNode node : chosen) {
            if (outputs.stream().anyMatch(output -> output.node() == node.id())) {
                continue; // it is one already
            }
            String name = PREFIX + names.size();
            outputs.add(new Output(name, node.id(), false, node.span()));
            names.add(name);
            layers.add(layer(graph, node));
        }
        Graph observed = new Graph(
                graph.packageName(),
                graph.name(),
                graph.documentation(),
                graph.file(),
                graph.nodes(),
                graph.parameters(),
                outputs,
                graph.recipes());
        return new ObservedGraph(observed, names, layers);
    }

    /** {@code relu behind conv1}: an activation is known by what it follows. */
    private static String layer(Graph graph, OpNode node) {
        Node before = graph.node(node.inputs().get(0));
        boolean isActivation = node.op().def().has(Trait.NONLINEARITY) && before instanceof OpNode;
        String shape = " " + node.shape();
        return (isActivation ? node.op().name() + " behind " + before.name() : node.name()) + shape;
    }
}
