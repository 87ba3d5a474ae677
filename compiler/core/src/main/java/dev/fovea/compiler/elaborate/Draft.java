package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.resolve.Symbol;
import dev.fovea.compiler.source.Span;
import dev.fovea.compiler.syntax.Statement;
import dev.fovea.compiler.value.Value;
import java.util.List;
import java.util.Map;

/**
 * An elaborated model: every layer with its shape. Recipes, contracts and the whole are still to be checked.
 *
 * @param model the model asked for, perhaps an instance
 * @param root the model whose body was worked through
 * @param nodes all layers, used or not
 * @param parameters all parameters, used or not
 * @param outputs in the order of the file
 * @param names what a recipe can name: the parameters of the model asked for, then all of the body
 * @param contracts the {@code expect}s: those of the model asked for and of its templates, from the outside to the body
 * @param evaluation evaluates further expressions where the body ended
 * @param hasFaults whether errors were reported, so that layers may be missing
 */
public record Draft(
        Symbol model,
        Symbol root,
        List<Node> nodes,
        List<GraphParameter> parameters,
        List<DraftOutput> outputs,
        Map<String, Value> names,
        List<Contract> contracts,
        Evaluation evaluation,
        boolean hasFaults) {
    /** Copies the lists. */
    public Draft {
        nodes = List.copyOf(nodes);
        parameters = List.copyOf(parameters);
        outputs = List.copyOf(outputs);
        names = Map.copyOf(names);
        contracts = List.copyOf(contracts);
    }

    /**
     * What a model is held to.
     *
     * @param expect as written
     * @param evaluation evaluates its bound: among the names of the declaration it stands in
     */
    public record Contract(Statement.Expect expect, Evaluation evaluation) {}

    /**
     * An output.
     *
     * @param value a tensor, or unknown after a fault
     */
    public record DraftOutput(String name, Value value, boolean trainOnly, Span span) {}
}
