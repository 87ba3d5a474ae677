package dev.fovea.cli;

import dev.fovea.cli.KernelWays.Way;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.plan.Place;
import dev.fovea.compiler.plan.Plan;
import dev.fovea.compiler.plan.PlannedCall;
import dev.fovea.compiler.plan.PlannedTensor;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.KernelPart.Pass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a model will run, trained and only inferring: its calls, what is done in one with them, by which algorithms, and where their
 * outputs lie.
 */
final class PlanTable {
    private static final String NOTHING = "-";

    private final Plan plan;
    private final int batch;
    private final Optional<Ways> ways;
    private final List<Row> rows = new ArrayList<>();

    /** How a processor runs it. */
    private record Ways(KernelWays training, KernelWays inference) {}

    /**
     * A call.
     *
     * @param fused the name of the activation it does as well, or nothing
     * @param elided whether it costs nothing: its output lies where its input is
     * @param trains how it runs in training, where that is known
     * @param infers how it runs at inference, likewise
     * @param foldedInto the call that does it as well at inference; where no processor is known, where the device can
     * @param trainsInBlocks whether its output lies in channel blocks while training
     * @param infersInBlocks the same at inference
     * @param madeAgain whether it runs again before backward
     * @param output where its output lies
     */
    private record Row(
            Call call,
            Optional<String> fused,
            boolean elided,
            Optional<Way> trains,
            Optional<Way> infers,
            Optional<String> foldedInto,
            boolean trainsInBlocks,
            boolean infersInBlocks,
            boolean madeAgain,
            PlannedTensor output) {
        String operator(boolean training) {
            return call.op().name()
                    + fused.map(name -> " + " + name).orElse("")
                    + (elided ? " (in place)" : "")
                    + (training && madeAgain ? " (again)" : "");
        }
    }

    /** Of a model on no processor in particular: no algorithms. */
    PlanTable(Graph graph, int batch) {
        this(Planner.plan(graph), batch, Optional.empty());
    }

    private PlanTable(Plan plan, int batch, Optional<Ways> ways) {
        this.plan = plan;
        this.batch = batch;
        this.ways = ways;
        Set<Integer> training = new HashSet<>();
        Set<Integer> inference = new HashSet<>();
        for (PlannedCall planned : plan.calls()) {
            rows.add(row(planned, training, inference));
        }
    }

    /** Of a model on a processor, or on none where it could not hold the model. */
    static PlanTable on(Machine machine, Graph graph, int batch) {
        Plan plan = Planner.plan(graph);
        Optional<Ways> ways;
        try {
            ways = Optional.of(
                    new Ways(new KernelWays(machine, plan, batch, true), new KernelWays(machine, plan, batch, false)));
        } catch (DeviceException tooLarge) {
            ways = Optional.empty();
        }
        return new PlanTable(plan, batch, ways);
    }

    /**
     * A call's row.
     *
     * @param training the tensors before that lie in channel blocks while training
     * @param inference the same at inference
     */
    private Row row(PlannedCall planned, Set<Integer> training, Set<Integer> inference) {
        Call call = planned.call();
        Optional<Way> trains = ways.flatMap(both -> both.training().of(call.name()));
        Optional<Way> infers = ways.flatMap(both -> both.inference().of(call.name()));
        return new Row(
                call,
                call.activation().map(node -> node.op().name()),
                planned.elided(),
                trains,
                infers,
                ways.isPresent()
                        ? infers.flatMap(Way::by)
                        : planned.foldsInto().stream().mapToObj(this::giver).findFirst(),
                isInBlocks(planned, trains, training),
                isInBlocks(planned, infers, inference),
                planned.recomputed().isPresent(),
                tensor(call.output().id()));
    }

    /** Whether a call's output lies in channel blocks; then it is added to those before. */
    private static boolean isInBlocks(PlannedCall planned, Optional<Way> way, Set<Integer> before) {
        boolean blocks = planned.elided()
                ? before.contains(planned.inputs().get(0).id())
                : way.filter(Way::inBlocks).isPresent();
        if (blocks) {
            before.add(planned.call().output().id());
        }
        return blocks;
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
        return "\nhow it trains with a batch of " + batch
                + ways.map(both -> " (" + both.training().place() + ")").orElse("") + ":\n" + training()
                + "\nhow it infers:\n" + inference()
                + (ways.isPresent() ? "\n∂input, ∂weight: by which algorithm the gradient of each is computed" : "")
                + "\nat: where the output begins, in floats of a sample, +n within each\n";
    }

    /** A column for channel blocks only where there are some. */
    private String training() {
        if (ways.isEmpty()) {
            TextTable table = new TextTable("call", "operator", "at");
            rows.forEach(row -> table.row(
                    row.call().name(), row.operator(true), at(row.output().value())));
            return table.text();
        }
        boolean blocks = rows.stream().anyMatch(Row::trainsInBlocks);
        TextTable table = table(blocks, "call", "operator", "forward", "∂input", "∂weight");
        for (Row row : rows) {
            List<String> cells = new ArrayList<>();
            cells.add(row.call().name());
            cells.add(row.operator(true));
            cells.add(algorithm(row.trains(), Pass.FORWARD));
            cells.add(algorithm(row.trains(), Pass.INPUT_GRADIENT));
            cells.add(algorithm(row.trains(), Pass.WEIGHT_GRADIENT));
            cells.addAll(order(blocks, row.trainsInBlocks()));
            cells.add(at(row.output().value()));
            table.row(cells.toArray(new String[0]));
        }
        return table.text();
    }

    private static TextTable table(boolean blocks, String... first) {
        List<String> headings = new ArrayList<>(List.of(first));
        headings.addAll(blocks ? List.of("channels") : List.of());
        headings.add("at");
        return new TextTable(headings.toArray(new String[0]));
    }

    private static List<String> order(boolean column, boolean inBlocks) {
        return column ? List.of(inBlocks ? "in blocks" : NOTHING) : List.of();
    }

    /** Of what there is at inference. */
    private String inference() {
        boolean blocks = rows.stream().anyMatch(Row::infersInBlocks);
        TextTable table = table(blocks, "call", "operator", ways.isPresent() ? "forward" : "folded");
        for (Row row : rows) {
            Optional<Place> place = row.output().inference();
            if (place.isEmpty()) {
                continue;
            }
            List<String> cells = new ArrayList<>();
            cells.add(row.call().name());
            cells.add(row.operator(false));
            cells.add(row.foldedInto()
                    .map(call -> (ways.isPresent() ? "folded into " : "into ")
                            + from(row.call().name(), call))
                    .orElseGet(() -> algorithm(row.infers(), Pass.FORWARD)));
            cells.addAll(order(blocks, row.infersInBlocks()));
            cells.add(at(place.get()));
            table.row(cells.toArray(new String[0]));
        }
        return table.text();
    }

    /** A call as another in the same block would name it, {@code conv1} of {@code layer1.0.conv1}: but never a number alone. */
    private static String from(String call, String other) {
        int scope = call.lastIndexOf('.') + 1;
        while (scope > 0 && !(other.startsWith(call.substring(0, scope)) && Character.isLetter(other.charAt(scope)))) {
            scope = call.lastIndexOf('.', scope - 2) + 1;
        }
        return other.substring(scope);
    }

    private static String algorithm(Optional<Way> way, Pass pass) {
        return way.flatMap(known -> known.algorithm(pass)).orElse(NOTHING);
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
            algorithm(json, "forward", row.trains(), Pass.FORWARD);
            algorithm(json, "input_gradient", row.trains(), Pass.INPUT_GRADIENT);
            algorithm(json, "weight_gradient", row.trains(), Pass.WEIGHT_GRADIENT);
            algorithm(json, "infer", row.infers(), Pass.FORWARD);
            if (ways.isPresent()) {
                json.name("trains_in_blocks").value(row.trainsInBlocks());
                json.name("in_blocks").value(row.infersInBlocks());
            }
            place(json.name("training"), row.output().value());
            row.output().inference().ifPresent(place -> place(json.name("inference"), place));
            json.endObject();
        }
        json.endArray();
    }

    private static void algorithm(JsonWriter json, String name, Optional<Way> way, Pass pass) {
        way.flatMap(known -> known.algorithm(pass))
                .ifPresent(algorithm -> json.name(name).value(algorithm));
    }

    private static void place(JsonWriter json, Place place) {
        json.beginObject().name("offset").value(place.offset());
        json.name("within").value(place.within()).name("stride").value(place.stride());
        json.endObject();
    }

    private static String at(Place place) {
        return Summary.number(place.offset()) + (place.within() > 0 ? " +" + Summary.number(place.within()) : "");
    }
}
