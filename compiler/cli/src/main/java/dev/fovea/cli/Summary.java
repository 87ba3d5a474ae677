package dev.fovea.cli;

import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.graph.Recipe;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A model as a table: its layers before fusion, what each gives and costs, and the totals. */
final class Summary {
    /** The optimizer state that is reckoned with where there is no recipe: SGD's with momentum. */
    private static final int USUAL_SLOTS = 1;

    private final Graph graph;
    private final Costs costs;
    private final int batch;
    private final long trainingBytes;
    private final long inferenceBytes;
    private final List<Layer> layers;

    /** A row; a parameter that several layers share belongs to the first. */
    private record Layer(OpNode node, long parameters, long macs, List<GraphParameter> tensors) {}

    Summary(Graph graph, int batch) {
        this.graph = graph;
        this.costs = Costs.of(graph);
        this.batch = batch;
        Plan plan = Planner.plan(graph);
        this.trainingBytes = plan.trainingBytes(batch, slots(graph));
        this.inferenceBytes = plan.inferenceBytes(batch);
        this.layers = layers(graph);
    }

    private static int slots(Graph graph) {
        return graph.recipes().stream()
                .flatMap((Recipe recipe) -> recipe.phases().stream())
                .mapToInt(phase -> phase.optimizer().slots())
                .max()
                .orElse(USUAL_SLOTS);
    }

    private static List<Layer> layers(Graph graph) {
        List<Layer> layers = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (OpNode node : graph.operators()) {
            List<GraphParameter> tensors = new ArrayList<>();
            for (int index : node.parameters()) {
                if (seen.add(index)) {
                    tensors.add(graph.parameters().get(index));
                }
            }
            long count = tensors.stream()
                    .mapToLong(tensor -> tensor.parameter().count())
                    .sum();
            layers.add(new Layer(node, count, Costs.macs(graph, node), tensors));
        }
        return layers;
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder(graph.name());
        for (InputNode input : graph.inputs()) {
            text.append("  ").append(input.name()).append(' ').append(input.shape());
        }
        text.append('\n');
        TextTable table = new TextTable("layer", "operator", "output", "parameters", "MACs", "memory", "");
        for (Layer layer : layers) {
            List<String> remarks = new ArrayList<>(layer.node().notes());
            if (layer.node().trainOnly()) {
                remarks.add(0, "train only");
            }
            table.row(
                    layer.node().name(),
                    layer.node().op().name(),
                    layer.node().shape().toString(),
                    layer.tensors().isEmpty() ? "" : number(layer.parameters()),
                    layer.macs() == 0 ? "" : number(layer.macs()),
                    Bytes.text(4 * layer.node().shape().size()),
                    String.join("; ", remarks));
        }
        text.append(table.text()).append('\n');
        text.append(totals("", costs.parameters(), costs.macs()));
        if (hasTrainOnlyParts()) {
            text.append(totals("while training: ", trainingParameters(), trainingMacs()));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "memory of a batch of %d: %s to train, %s to infer%n",
                        batch,
                        Bytes.text(trainingBytes),
                        Bytes.text(inferenceBytes)))
                .toString();
    }

    private static String totals(String prefix, long parameters, long macs) {
        return prefix + number(parameters) + " parameters, " + number(macs) + " MACs a sample\n";
    }

    /** One model as a JSON value. */
    void write(JsonWriter json) {
        json.beginObject().name("model").value(graph.name());
        json.name("parameters").value(costs.parameters());
        json.name("macs").value(costs.macs());
        if (hasTrainOnlyParts()) {
            json.name("train").beginObject().name("parameters").value(trainingParameters());
            json.name("macs").value(trainingMacs()).endObject();
        }
        json.name("memory").beginObject().name("train_bytes").value(trainingBytes);
        json.name("infer_bytes").value(inferenceBytes).endObject();
        json.name("layers").beginArray();
        for (Layer layer : layers) {
            json.beginObject().name("name").value(layer.node().name());
            json.name("op").value(layer.node().op().name());
            shape(json.name("output"), layer.node().shape());
            json.name("parameters").value(layer.parameters());
            json.name("macs").value(layer.macs());
            json.name("tensors").beginArray();
            for (GraphParameter tensor : layer.tensors()) {
                json.beginObject().name("name").value(tensor.name());
                shape(json.name("shape"), tensor.parameter().shape());
                json.name("trainable").value(tensor.parameter().isTrainable()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
    }

    private boolean hasTrainOnlyParts() {
        return costs.trainOnlyParameters() + costs.trainOnlyMacs() > 0
                || graph.operators().stream().anyMatch(OpNode::trainOnly);
    }

    private long trainingParameters() {
        return costs.parameters() + costs.trainOnlyParameters();
    }

    private long trainingMacs() {
        return costs.macs() + costs.trainOnlyMacs();
    }

    private static void shape(JsonWriter json, Shape shape) {
        json.beginArray();
        shape.extents().forEach(json::value);
        json.endArray();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
