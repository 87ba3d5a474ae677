package dev.fovea.compiler.graph;

import dev.fovea.ops.Shape;
import java.util.List;

/**
 * What a graph costs, computed from its operators: parameters and multiply-adds, at inference and of the train-only parts.
 * One multiply-add counts 1, biases are not counted, only convolutions and dense layers are: torchvision's convention.
 *
 * @param parameters trainable ones at inference
 * @param macs of one sample at inference
 * @param trainOnlyParameters trainable ones that only train-only outputs need
 * @param trainOnlyMacs of one sample, of train-only operators
 */
public record Costs(long parameters, long macs, long trainOnlyParameters, long trainOnlyMacs) {
    /** The costs of a graph. */
    public static Costs of(Graph graph) {
        long parameters = 0;
        long trainOnlyParameters = 0;
        for (GraphParameter parameter : graph.parameters()) {
            long count = parameter.parameter().count();
            if (parameter.trainOnly()) {
                trainOnlyParameters = Math.addExact(trainOnlyParameters, count);
            } else {
                parameters = Math.addExact(parameters, count);
            }
        }
        long macs = 0;
        long trainOnlyMacs = 0;
        for (OpNode node : graph.operators()) {
            long count = macs(graph, node);
            if (node.trainOnly()) {
                trainOnlyMacs = Math.addExact(trainOnlyMacs, count);
            } else {
                macs = Math.addExact(macs, count);
            }
        }
        return new Costs(parameters, macs, trainOnlyParameters, trainOnlyMacs);
    }

    /** The multiply-adds of one operator for one sample. */
    public static long macs(Graph graph, OpNode node) {
        List<Shape> shapes =
                node.inputs().stream().map(id -> graph.node(id).shape()).toList();
        return node.op().def().macs(node.op(), shapes, node.shape());
    }
}
