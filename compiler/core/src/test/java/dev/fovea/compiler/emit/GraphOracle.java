package dev.fovea.compiler.emit;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.testkit.oracle.Call;
import dev.fovea.testkit.oracle.DoubleTensor;
import dev.fovea.testkit.oracle.Oracles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole graph in {@code double}, operator by operator, without plan, passes or kernels. */
final class GraphOracle {
    private final Graph graph;
    private final List<DoubleTensor> parameters;

    GraphOracle(Graph graph, List<DoubleTensor> parameters) {
        this.graph = graph;
        this.parameters = parameters;
    }

    DoubleTensor parameter(int index) {
        return parameters.get(index);
    }

    /** The values of all nodes while training, by id. */
    Map<Integer, DoubleTensor> forward(Map<String, DoubleTensor> inputs) {
        Map<Integer, DoubleTensor> values = new HashMap<>();
        graph.inputs().forEach(input -> values.put(input.id(), inputs.get(input.name())));
        for (OpNode node : graph.operators()) {
            List<DoubleTensor> own = new ArrayList<>();
            node.parameters().forEach(index -> own.add(parameters.get(index)));
            List<DoubleTensor> operands =
                    node.inputs().stream().map(values::get).toList();
            values.put(node.id(), Oracles.of(node.op()).forward(new Call<>(node.op(), operands, own, true)));
        }
        return values;
    }

    /** Σ over the outputs of output · weight: what the gradients are taken of. */
    double objective(Map<String, DoubleTensor> inputs, Map<String, double[]> weights) {
        Map<Integer, DoubleTensor> values = forward(inputs);
        double sum = 0;
        for (var output : graph.outputs()) {
            double[] value = values.get(output.node()).values();
            double[] weight = weights.get(output.name());
            for (int i = 0; i < value.length; i++) {
                sum += value[i] * weight[i];
            }
        }
        return sum;
    }

    /** The derivative of the objective by one element, which is put back afterwards. */
    double derivative(Map<String, DoubleTensor> inputs, Map<String, double[]> weights, double[] array, int index) {
        double h = 1e-5;
        double kept = array[index];
        array[index] = kept + h;
        double above = objective(inputs, weights);
        array[index] = kept - h;
        double below = objective(inputs, weights);
        array[index] = kept;
        return (above - below) / (2 * h);
    }
}
