package dev.fovea.compiler.graph;

import java.util.List;
import java.util.Optional;

/**
 * A concrete model, elaborated and shape-checked.
 *
 * @param packageName of the file and of the generated class; empty for none
 * @param name of the model and of the generated class
 * @param documentation the text of its {@code ///} comment; may be empty
 * @param file the file as shown to the user, with forward slashes
 * @param nodes inputs and operators, each after what it reads; a node's id is its place in this list
 * @param parameters each once, in the order of first use; shared ones are named by several nodes
 * @param outputs in the order of the file
 * @param recipes the recipes for this model; the unnamed one first
 */
public record Graph(
        String packageName,
        String name,
        String documentation,
        String file,
        List<Node> nodes,
        List<GraphParameter> parameters,
        List<Output> outputs,
        List<Recipe> recipes) {
    /** Checks that ids are places and that every node reads earlier ones. */
    public Graph {
        nodes = List.copyOf(nodes);
        parameters = List.copyOf(parameters);
        outputs = List.copyOf(outputs);
        recipes = List.copyOf(recipes);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (node.id() != i || node.inputs().stream().anyMatch(input -> input >= node.id())) {
                throw new IllegalArgumentException("node " + node.id() + " is out of order at " + i);
            }
        }
    }

    /** The node of an id. */
    public Node node(int id) {
        return nodes.get(id);
    }

    /** The inputs of the model, in the order of the file. */
    public List<InputNode> inputs() {
        return nodes.stream()
                .filter(InputNode.class::isInstance)
                .map(InputNode.class::cast)
                .toList();
    }

    /** The operators, in order. */
    public List<OpNode> operators() {
        return nodes.stream()
                .filter(OpNode.class::isInstance)
                .map(OpNode.class::cast)
                .toList();
    }

    /** The output of a name. */
    public Optional<Output> output(String wanted) {
        return outputs.stream().filter(o -> o.name().equals(wanted)).findFirst();
    }

    /** The class's name with its package. */
    public String qualifiedName() {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }
}
