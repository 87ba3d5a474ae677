package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.plan.Place;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.PlannedCall;
import dev.fovea.compiler.plan.PlannedTensor;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.ConvolutionWay;
import dev.fovea.runtime.cpu.gemm.ConvolutionPasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a model will run: its calls, what is fused into them, by which algorithms, and where their outputs lie. */
final class PlanTable {
    private static final String NOTHING = "-";

    private final Plan plan;
    private final int batch;
    private final List<Row> rows = new ArrayList<>();

    /**
     * A call.
     *
     * @param fused the name of the activation it does as well, or nothing
     * @param passes how it is computed, where there is a choice
     * @param inputGradient whether the gradient of its input is needed
     * @param elided whether it costs nothing: its output lies where its input is
     * @param foldedInto the call that does it as well at inference, where the device can
     * @param madeAgain whether it runs again before backward
     * @param output where its output lies
     */
    private record Row(
            Call call,
            Optional<String> fused,
            Optional<ConvolutionPasses> passes,
            boolean inputGradient,
            boolean elided,
            Optional<String> foldedInto,
            boolean madeAgain,
            PlannedTensor output) {}

    PlanTable(Graph graph, int batch) {
        this.batch = batch;
        plan = Planner.plan(graph);
        ConvolutionWay way = ConvolutionWay.asked();
        for (PlannedCall planned : plan.calls()) {
            Call call = planned.call();
            PlannedTensor input = tensor(planned.inputs().get(0).id());
            PlannedTensor output = tensor(call.output().id());
            Shape from = input.node().shape();
            rows.add(new Row(
                    call,
                    call.activation().map(node -> node.op().name()),
                    ConvolutionPasses.of(way, call.op(), from, output.node().shape(), batch),
                    !(input.node() instanceof InputNode),
                    planned.elided(),
                    planned.foldsInto().stream().mapToObj(this::giver).findFirst(),
                    planned.recomputed().isPresent(),
                    output));
        }
    }

    /** The call that gives a tensor. */
    private String giver(int tensor) {
        return plan.calls().stream()
                .map(PlannedCall::call)
                .filter(call -> call.output().id() == tensor)
                .map(Call::name)
                .findFirst()
                .orElseThrow();
    }

    private PlannedTensor tensor(int id) {
        PlannedTensor tensor = plan.tensors().get(id);
        if (tensor == null) {
            throw new IllegalStateException("tensor " + id + " has no place");
        }
        return tensor;
    }

    /** For people. */
    String text() {
        TextTable table = new TextTable(
                "call", "operator", "fused", "forward", "input gradient", "weight gradient", "training", "inference");
        for (Row row : rows) {
            table.row(
                    row.call().name(),
                    row.call().op().name() + (row.elided() ? " (in place)" : "") + (row.madeAgain() ? " (again)" : ""),
                    row.fused().orElse(NOTHING),
                    row.passes().map(passes -> word(passes.forward())).orElse(NOTHING),
                    row.passes()
                            .filter(passes -> row.inputGradient())
                            .map(passes -> word(passes.inputGradient()))
                            .orElse(NOTHING),
                    row.passes().map(passes -> word(passes.weightGradient())).orElse(NOTHING),
                    at(row.output().value()),
                    row.output().inference().map(PlanTable::at).orElse(NOTHING)
                            + row.foldedInto().map(call -> ", by " + call).orElse(""));
        }
        return "how it runs on the CPU with a batch of " + batch
                + "; where outputs begin, in floats of a sample, +n within each, and what does the call as well:\n"
                + table.text();
    }

    /** An array of calls as a JSON value. */
    void write(JsonWriter json) {
        json.beginArray();
        for (Row row : rows) {
            json.beginObject().name("call").value(row.call().name());
            json.name("op").value(row.call().op().name());
            row.fused().ifPresent(fused -> json.name("fused").value(fused));
            json.name("in_place").value(row.elided());
            row.foldedInto().ifPresent(call -> json.name("folded_into").value(call));
            json.name("recomputed").value(row.madeAgain());
            row.passes().ifPresent(passes -> {
                json.name("forward").value(word(passes.forward()));
                if (row.inputGradient()) {
                    json.name("input_gradient").value(word(passes.inputGradient()));
                }
                json.name("weight_gradient").value(word(passes.weightGradient()));
            });
            place(json.name("training"), row.output().value());
            row.output().inference().ifPresent(place -> place(json.name("inference"), place));
            json.endObject();
        }
        json.endArray();
    }

    private static void place(JsonWriter json, Place place) {
        json.beginObject().name("offset").value(place.offset());
        json.name("within").value(place.within()).name("stride").value(place.stride());
        json.endObject();
    }

    private static String at(Place place) {
        return Summary.number(place.offset()) + (place.within() > 0 ? " +" + Summary.number(place.within()) : "");
    }

    private static String word(ConvolutionPasses.Algorithm algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT);
    }
}
