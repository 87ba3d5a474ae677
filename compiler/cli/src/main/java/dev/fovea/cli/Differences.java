package dev.fovea.cli;

import dev.fovea.compiler.compare.Comparison;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.runtime.model.FittingWeights;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code fovea diff} has to say.
 *
 * @param models what changed
 * @param batch for the memory
 * @param file the file of weights that was asked about
 * @param stored what of it fits the second model
 */
record Differences(Comparison models, int batch, Optional<Path> file, Optional<FittingWeights> stored) {
    /** The trainable parameters of a layer, with those that it shares. */
    static long parameters(Graph graph, OpNode node) {
        return node.parameters().stream()
                .mapToLong(index -> graph.parameters().get(index).parameter().count())
                .sum();
    }

    /** The multiply-adds of a layer. */
    static long macs(Graph graph, OpNode node) {
        return Costs.macs(graph, node);
    }

    /** {@code ResNet18}, with its file where the other has the same name: {@code new/lenet.cnn#LeNet5}. */
    static String title(Graph graph, Graph other) {
        boolean alike = graph.name().equals(other.name()) && !graph.file().equals(other.file());
        return alike ? graph.file() + "#" + graph.name() : graph.name();
    }
}
