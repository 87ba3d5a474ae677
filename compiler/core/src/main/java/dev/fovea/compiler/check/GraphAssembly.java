package dev.fovea.compiler.check;

import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.elaborate.Draft.DraftOutput;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.graph.Output;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.syntax.Documentation;
import dev.fovea.compiler.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Makes the graph of a draft without faults: leaves out what nothing needs, marks what only training needs. */
final class GraphAssembly {
    private final Draft draft;
    private final BitSet atInference = new BitSet();
    private final BitSet live = new BitSet();
    private final int[] places;
    private final int[] parameterPlaces;
    private final List<Node> nodes = new ArrayList<>();
    private final List<GraphParameter> parameters = new ArrayList<>();

    private GraphAssembly(Draft draft) {
        this.draft = draft;
        this.places = new int[draft.nodes().size()];
        this.parameterPlaces = new int[draft.parameters().size()];
        Arrays.fill(places, -1);
        Arrays.fill(parameterPlaces, -1);
    }

    /**
     * The graph.
     *
     * @param packageName of the generated class
     * @param recipes with the draft's nodes
     */
    static Graph assemble(Draft draft, String packageName, List<Recipe> recipes) {
        return new GraphAssembly(draft).graph(packageName, recipes);
    }

    private Graph graph(String packageName, List<Recipe> recipes) {
        for (DraftOutput output : draft.outputs()) {
            if (output.value() instanceof Value.Tensor tensor) {
                live.set(tensor.node());
                atInference.set(tensor.node(), atInference.get(tensor.node()) || !output.trainOnly());
            }
        }
        RecipeNodes.readBy(recipes).forEach(live::set);
        for (int id = draft.nodes().size() - 1; id >= 0; id--) {
            spread(draft.nodes().get(id));
        }
        draft.nodes().forEach(this::add);
        return new Graph(
                packageName,
                draft.model().name(),
                documentation(),
                draft.model().file().syntax().source().path().replace('\\', '/'),
                nodes,
                parameters,
                outputs(),
                recipes.stream()
                        .map(recipe -> RecipeNodes.moved(recipe, places))
                        .toList());
    }

    /** What a node needs is needed as much as the node. */
    private void spread(Node node) {
        for (int input : node.inputs()) {
            live.set(input, live.get(input) || live.get(node.id()));
            atInference.set(input, atInference.get(input) || atInference.get(node.id()));
        }
    }

    private void add(Node node) {
        int id = nodes.size();
        if (node instanceof InputNode input && !input.name().isEmpty()) {
            places[node.id()] = id;
            nodes.add(new InputNode(id, input.name(), input.shape(), input.span()));
        } else if (node instanceof OpNode layer && live.get(node.id())) {
            places[node.id()] = id;
            boolean trainOnly = !atInference.get(node.id());
            nodes.add(moved(
                    layer,
                    id,
                    moved(layer.inputs(), input -> places[input]),
                    moved(layer.parameters(), parameter -> parameter(parameter, trainOnly)),
                    trainOnly));
        }
    }

    /** The layer itself where nothing changes: a graph may have a million of them. */
    private static OpNode moved(
            OpNode layer, int id, List<Integer> inputs, List<Integer> parameters, boolean trainOnly) {
        boolean isSame = id == layer.id()
                && trainOnly == layer.trainOnly()
                && inputs.equals(layer.inputs())
                && parameters.equals(layer.parameters());
        return isSame
                ? layer
                : new OpNode(
                        id,
                        layer.name(),
                        layer.op(),
                        inputs,
                        layer.shape(),
                        parameters,
                        trainOnly,
                        layer.notes(),
                        layer.span(),
                        layer.calls());
    }

    private static List<Integer> moved(List<Integer> places, IntUnaryOperator move) {
        if (places.size() <= 1) {
            return places.isEmpty() ? places : List.of(move.applyAsInt(places.get(0)));
        }
        return places.stream().map(move::applyAsInt).toList();
    }

    private int parameter(int before, boolean trainOnly) {
        GraphParameter parameter = draft.parameters().get(before);
        if (parameterPlaces[before] < 0) {
            parameterPlaces[before] = parameters.size();
            parameters.add(new GraphParameter(parameter.name(), parameter.parameter(), true));
        }
        int place = parameterPlaces[before];
        if (!trainOnly && parameters.get(place).trainOnly()) {
            parameters.set(place, new GraphParameter(parameter.name(), parameter.parameter(), false));
        }
        return place;
    }

    private List<Output> outputs() {
        List<Output> outputs = new ArrayList<>();
        for (DraftOutput output : draft.outputs()) {
            if (output.value() instanceof Value.Tensor tensor) {
                outputs.add(new Output(output.name(), places[tensor.node()], output.trainOnly(), output.span()));
            }
        }
        return outputs;
    }

    private String documentation() {
        return draft.model()
                .declaration()
                .documentation()
                .or(() -> draft.root().declaration().documentation())
                .map(Documentation::text)
                .orElse("");
    }
}
