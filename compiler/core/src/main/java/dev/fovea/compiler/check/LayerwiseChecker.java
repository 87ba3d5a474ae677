package dev.fovea.compiler.check;

import dev.fovea.compiler.elaborate.Draft;
import dev.fovea.compiler.elaborate.Draft.DraftOutput;
import dev.fovea.compiler.elaborate.Evaluation;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.graph.Recipe.Stage;
import dev.fovea.compiler.syntax.LabelPath;
import dev.fovea.compiler.value.Value;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Trait;
import dev.fovea.ops.recipe.Pretraining;
import dev.fovea.ops.recipe.StackedLayer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Checks the layers of a {@code layerwise} entry: which operator each is, what it reads, and the way back to it. */
final class LayerwiseChecker {
    private final Draft draft;
    private final Evaluation evaluation;
    private final LayerPaths layers;
    private final BitSet used = new BitSet();

    LayerwiseChecker(Draft draft, Evaluation evaluation, LayerPaths layers) {
        this.draft = draft;
        this.evaluation = evaluation;
        this.layers = layers;
        for (DraftOutput output : draft.outputs()) {
            if (!output.trainOnly() && output.value() instanceof Value.Tensor tensor) {
                used.set(tensor.node());
            }
        }
        for (int id = draft.nodes().size() - 1; id >= 0; id--) {
            if (used.get(id)) {
                draft.nodes().get(id).inputs().forEach(used::set);
            }
        }
    }

    /**
     * One layer; empty after a fault, which is reported.
     *
     * @param frozen what the phase freezes
     */
    Optional<Stage> stage(Pretraining method, LabelPath path, List<String> frozen) {
        Optional<OpNode> layer = layer(path);
        if (layer.isEmpty()) {
            return Optional.empty();
        }
        if (frozen.stream()
                .anyMatch(label -> path.text().equals(label) || path.text().startsWith(label + "."))) {
            evaluation.report(LayerwiseFaults.frozen(path));
            return Optional.empty();
        }
        OpNode node = layer.get();
        Node read = draft.nodes().get(node.inputs().get(0));
        Optional<OpNode> activation = activation(node);
        StackedLayer stacked = new StackedLayer(
                node.name(), node.op(), activation.map(OpNode::op), read.shape(), node.shape(), before(read));
        try {
            Op decoder = method.decoder(stacked);
            Optional<InputNode> input = input(read);
            int source = input.map(InputNode::id).orElse(read.id());
            return Optional.of(new Stage(method, stacked, decoder, source, input.isPresent()));
        } catch (Misfit misfit) {
            evaluation.report(
                    RecipeFaults.misfit(misfit, path.span()).related(node.span(), "`" + node.name() + "` is this one"));
            return Optional.empty();
        }
    }

    private Optional<OpNode> layer(LabelPath path) {
        Optional<OpNode> layer = draft.nodes().stream()
                .filter(node -> node.name().equals(path.text()))
                .filter(OpNode.class::isInstance)
                .map(OpNode.class::cast)
                .findFirst();
        if (draft.hasFaults()) {
            return Optional.empty();
        }
        if (!layers.hasParameters(path.text())) {
            evaluation.report(RecipeFaults.unknownLayer(path, layers.names()));
            return Optional.empty();
        }
        if (layer.isEmpty()) {
            evaluation.report(LayerwiseFaults.severalLayers(path, layers.below(path.text())));
            return Optional.empty();
        }
        if (!used.get(layer.get().id())) {
            evaluation.report(LayerwiseFaults.unused(path, layer.get()));
            return Optional.empty();
        }
        return layer;
    }

    /** The element-wise function that alone reads a layer. */
    private Optional<OpNode> activation(OpNode layer) {
        List<OpNode> readers = draft.nodes().stream()
                .filter(node -> node.inputs().contains(layer.id()))
                .map(OpNode.class::cast)
                .toList();
        return Optional.of(readers)
                .filter(all -> all.size() == 1)
                .map(all -> all.get(0))
                .filter(reader -> reader.inputs().size() == 1
                        && reader.op().def().has(Trait.NONLINEARITY)
                        && reader.parameters().isEmpty());
    }

    /** The operator that made the values that are read. */
    private Optional<Op> before(Node read) {
        Node maker = read;
        while (maker instanceof OpNode node && handsOn(node)) {
            maker = draft.nodes().get(node.inputs().get(0));
        }
        return maker instanceof OpNode node ? Optional.of(node.op()) : Optional.empty();
    }

    private static boolean handsOn(OpNode node) {
        return node.op().def().has(Trait.VIEW) || node.op().def().has(Trait.IDENTITY_AT_INFERENCE);
    }

    /** The input of the model that is read, under its own shape or another: nothing need run to have it. */
    private Optional<InputNode> input(Node read) {
        Node maker = read;
        while (maker instanceof OpNode node && node.op().def().has(Trait.VIEW)) {
            maker = draft.nodes().get(node.inputs().get(0));
        }
        return maker instanceof InputNode input ? Optional.of(input) : Optional.empty();
    }
}
