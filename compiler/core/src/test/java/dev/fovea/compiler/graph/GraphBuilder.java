package dev.fovea.compiler.graph;

import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Graphs by hand, for tests of what comes after the front end. */
public final class GraphBuilder {
    private final String name;
    private List<OpNode.BlockCall> calls = List.of();
    private final List<Node> nodes = new ArrayList<>();
    private final List<GraphParameter> parameters = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final Span span = new Span(SourceFile.of("nets/test.cnn", "model Test {\n}\n"), 0, 5);

    public GraphBuilder(String name) {
        this.name = name;
    }

    /** What follows is in the call of a block that is made again for backward; or, without a label, in none. */
    public GraphBuilder recomputed(String label) {
        calls = label.isEmpty() ? List.of() : List.of(new OpNode.BlockCall("Block", label, span, true));
        return this;
    }

    public int input(String inputName, Shape shape) {
        nodes.add(new InputNode(nodes.size(), inputName, shape, span));
        return nodes.size() - 1;
    }

    public int op(String layer, Op op, int... inputs) {
        return op(layer, op, false, inputs);
    }

    public int trainOnly(String layer, Op op, int... inputs) {
        return op(layer, op, true, inputs);
    }

    public GraphBuilder output(String outputName, int node) {
        boolean trainOnly = nodes.get(node).trainOnly();
        outputs.add(new Output(outputName, node, trainOnly, span));
        return this;
    }

    public Graph build() {
        return new Graph("nets", name, "", "nets/test.cnn", nodes, parameters, outputs, List.of());
    }

    private int op(String layer, Op op, boolean trainOnly, int... inputs) {
        List<Integer> ids = Arrays.stream(inputs).boxed().toList();
        List<Shape> shapes = ids.stream().map(id -> nodes.get(id).shape()).toList();
        try {
            Shape output = op.def().infer(op, shapes, Findings.NONE);
            List<Integer> own = new ArrayList<>();
            for (Parameter parameter : op.def().parameters(op, shapes, output)) {
                own.add(parameters.size());
                parameters.add(new GraphParameter(layer + "." + parameter.name(), parameter, trainOnly));
            }
            nodes.add(new OpNode(nodes.size(), layer, op, ids, output, own, trainOnly, List.of(), span, calls));
            return nodes.size() - 1;
        } catch (Misfit e) {
            throw new IllegalArgumentException(layer + ": " + e.label(), e);
        }
    }
}
