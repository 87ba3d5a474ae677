package dev.fovea.cli;

import dev.fovea.compiler.check.ReceptiveFields;
import dev.fovea.compiler.graph.BlockTree;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.compiler.plan.MemoryUse;
import dev.fovea.ops.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A model as a table: its layers before fusion, what each gives and costs, and the totals. */
final class Summary {
    /** Rows of a table that is taken in at a glance. */
    private static final int PAGE = 60;

    private final Graph graph;
    private final Costs costs;
    private final int batch;
    private final ModelMemory memory;
    private final MemoryUse training;
    private final MemoryUse inference;
    private final ReceptiveFields fields;
    private final List<Layer> layers;
    private final Optional<PlanTable> plan;

    /** A layer; a parameter that several layers share belongs to the first. */
    record Layer(OpNode node, long parameters, long macs, List<GraphParameter> tensors) {}

    /**
     * Of a model.
     *
     * @param batch that memory is for
     * @param memory at that batch
     * @param plan how it runs, if that is to be shown
     */
    Summary(Graph graph, int batch, ModelMemory memory, Optional<PlanTable> plan) {
        this.graph = graph;
        this.costs = Costs.of(graph);
        this.batch = batch;
        this.memory = memory;
        this.training = memory.training();
        this.inference = memory.inference();
        this.fields = ReceptiveFields.of(graph.nodes());
        this.layers = layers(graph);
        this.plan = plan;
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

    /**
     * For people.
     *
     * @param depth how many levels of blocks are opened; negative for as many as give a table of a page
     * @param width columns of the terminal
     */
    String text(int depth, int width) {
        StringBuilder text = new StringBuilder(graph.name());
        for (InputNode input : graph.inputs()) {
            text.append("  ").append(input.name()).append(' ').append(input.shape());
        }
        text.append('\n')
                .append(new SummaryTable(graph, rows(depth)).text(width))
                .append('\n');
        text.append(totals("", costs.parameters(), costs.macs()));
        if (hasTrainOnlyParts()) {
            text.append(totals("while training: ", trainingParameters(), trainingMacs()));
        }
        text.append("memory of a batch of ").append(batch);
        text.append(" (").append(memory.place().orElse("the plan alone")).append("):\n");
        TextTable kinds =
                new TextTable("", "parameters", "gradients", "optimizer", "activations", "workspace", "total");
        memory(kinds, "to train", training);
        memory(kinds, "to infer", inference);
        text.append(kinds.text());
        plan.ifPresent(table -> text.append(table.text()));
        return text.toString();
    }

    private List<SummaryTable.Row> rows(int depth) {
        List<BlockTree> parts = BlockTree.of(graph);
        int opened = depth >= 0 ? depth : BlockTree.depth(parts);
        while (depth < 0 && opened > 0 && BlockTree.opened(parts, opened).size() > PAGE) {
            opened--;
        }
        Map<Integer, Layer> byId =
                layers.stream().collect(Collectors.toMap(layer -> layer.node().id(), layer -> layer));
        return BlockTree.opened(parts, opened).stream()
                .map(part -> new SummaryTable.Row(
                        part, part.operators().map(node -> byId.get(node.id())).toList()))
                .toList();
    }

    private static void memory(TextTable table, String heading, MemoryUse use) {
        table.row(
                heading,
                Bytes.text(use.parameters()),
                Bytes.text(use.gradients()),
                Bytes.text(use.optimizer()),
                Bytes.text(use.activations()),
                Bytes.text(use.workspace()),
                Bytes.text(use.total()));
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
        json.name("memory").beginObject().name("train_bytes").value(training.total());
        json.name("infer_bytes").value(inference.total()).name("batch").value(batch);
        memory.place().ifPresent(place -> json.name("of").value(place));
        memory(json.name("train"), training);
        memory(json.name("infer"), inference);
        json.endObject();
        json.name("layers").beginArray();
        for (Layer layer : layers) {
            json.beginObject().name("name").value(layer.node().name());
            json.name("op").value(layer.node().op().name());
            shape(json.name("output"), layer.node().shape());
            json.name("parameters").value(layer.parameters());
            json.name("macs").value(layer.macs());
            json.name("output_bytes").value(4 * layer.node().shape().size());
            json.name("receptive_field").beginArray();
            json.value(fields.rows(layer.node().id()))
                    .value(fields.columns(layer.node().id()))
                    .endArray();
            if (layer.node().trainOnly()) {
                json.name("train_only").value(true);
            }
            json.name("notes").beginArray();
            layer.node().notes().forEach(json::value);
            json.endArray();
            json.name("tensors").beginArray();
            for (GraphParameter tensor : layer.tensors()) {
                json.beginObject().name("name").value(tensor.name());
                shape(json.name("shape"), tensor.parameter().shape());
                json.name("trainable").value(tensor.parameter().isTrainable()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
        plan.ifPresent(table -> table.write(json.name("calls")));
        json.endObject();
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

    private static void memory(JsonWriter json, MemoryUse use) {
        json.beginObject().name("parameters").value(use.parameters());
        json.name("gradients").value(use.gradients());
        json.name("optimizer").value(use.optimizer());
        json.name("activations").value(use.activations());
        json.name("workspace").value(use.workspace()).endObject();
    }

    private static void shape(JsonWriter json, Shape shape) {
        json.beginArray();
        shape.extents().forEach(json::value);
        json.endArray();
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
