package dev.fovea.compiler.compare;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which weights of one model another can begin with, by name and shape; running statistics are among them.
 *
 * @param fitting parameters of the second model that the first has in the same shape
 * @param reshaped those that it has in another shape
 * @param missing those that it does not have
 * @param left parameters of the first model that the second does not have
 */
public record WeightFit(List<String> fitting, List<Reshaped> reshaped, List<String> missing, List<String> left) {
    /** Copies the lists. */
    public WeightFit {
        fitting = List.copyOf(fitting);
        reshaped = List.copyOf(reshaped);
        missing = List.copyOf(missing);
        left = List.copyOf(left);
    }

    /**
     * A parameter that both have, in two shapes.
     *
     * @param name of both
     * @param from its shape in the first model
     * @param to its shape in the second
     */
    public record Reshaped(String name, Shape from, Shape to) {}

    /** What of the first model's weights fits the second. */
    static WeightFit of(Graph from, Graph to) {
        Map<String, Shape> left = new LinkedHashMap<>();
        for (GraphParameter parameter : from.parameters()) {
            left.put(parameter.name(), parameter.parameter().shape());
        }
        List<String> fitting = new ArrayList<>();
        List<Reshaped> reshaped = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (GraphParameter parameter : to.parameters()) {
            Shape wanted = parameter.parameter().shape();
            Shape found = left.remove(parameter.name());
            if (found == null) {
                missing.add(parameter.name());
            } else if (found.equals(wanted)) {
                fitting.add(parameter.name());
            } else {
                reshaped.add(new Reshaped(parameter.name(), found, wanted));
            }
        }
        return new WeightFit(fitting, reshaped, missing, List.copyOf(left.keySet()));
    }
}
