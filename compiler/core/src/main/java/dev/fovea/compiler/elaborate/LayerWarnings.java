package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is legal between layers but rarely meant. */
final class LayerWarnings {
    /** A weight of more elements is worth a word when it is more than half of all. */
    private static final long GIANT = 10_000_000;

    private final Faults faults;
    private final List<Node> nodes;
    private final List<Suspect> centred = new ArrayList<>();
    private final List<Suspect> giants = new ArrayList<>();
    private long parameters;

    private record Suspect(OpNode layer, long count, Context context) {}

    /** Warnings about the layers of a list that still grows. */
    LayerWarnings(Faults faults, List<Node> nodes) {
        this.faults = faults;
        this.nodes = nodes;
    }

    /** Looks at a layer that was added, and at those before it. */
    void added(OpNode layer, List<Parameter> owned, Context context) {
        long count = 0;
        for (Parameter parameter : owned) {
            count += parameter.count();
        }
        parameters += count;
        if (count > GIANT && isDense(layer, owned)) {
            giants.add(new Suspect(layer, count, context));
        }
        if (layer.op().def().has(Trait.SUBTRACTS_MEAN)) {
            centred.add(new Suspect(layer, 0, context));
        }
        if (layer.op().def().has(Trait.NONLINEARITY)
                && nodes.get(layer.inputs().get(0)) instanceof OpNode before
                && before.op().def().has(Trait.NONLINEARITY)) {
            warn(() -> LayerFaults.twoActivations(before, layer), Code.DOUBLE_ACTIVATION, layer, context);
        }
    }

    /** Looks at the whole once no layer will be added. */
    void finish() {
        for (Suspect suspect : giants) {
            if (suspect.count() > parameters - suspect.count()) {
                warn(
                        () -> LayerFaults.giantDense(suspect.layer(), suspect.count(), parameters),
                        Code.GIANT_DENSE,
                        suspect.layer(),
                        suspect.context());
            }
        }
        int[] readers = new int[nodes.size()];
        for (Node node : nodes) {
            node.inputs().forEach(input -> readers[input]++);
        }
        for (Suspect suspect : centred) {
            OpNode layer = suspect.layer();
            int before = layer.inputs().get(0);
            if (nodes.get(before) instanceof OpNode biased
                    && readers[before] == 1
                    && !biased.op().def().has(Trait.SUBTRACTS_MEAN)
                    && hasBias(biased)) {
                warn(() -> LayerFaults.uselessBias(biased, layer), Code.BIAS_BEFORE_NORM, biased, suspect.context());
            }
        }
    }

    private static boolean isDense(OpNode layer, List<Parameter> owned) {
        return layer.shape().rank() == 1
                && owned.stream().anyMatch(one -> one.shape().rank() == 2 && one.isTrainable());
    }

    private boolean hasBias(OpNode layer) {
        List<Node> inputs = layer.inputs().stream().map(nodes::get).toList();
        return layer
                .op()
                .def()
                .parameters(layer.op(), inputs.stream().map(Node::shape).toList(), layer.shape())
                .stream()
                .anyMatch(parameter -> parameter.name().equals("bias") && parameter.isTrainable());
    }

    private void warn(Supplier<Diagnostic.Builder> warning, Code code, OpNode at, Context context) {
        if (!context.allowed().contains(code) && !faults.isRepetition(code, at.span())) {
            faults.report(warning.get(), context.path());
        }
    }
}
