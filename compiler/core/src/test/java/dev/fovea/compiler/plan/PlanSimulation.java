package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Program;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Trait;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs a plan on memory that remembers what was written where, and fails when a call reads what is no longer there. Knows
 * nothing of lifetimes or blocks: only what each operator reads and writes.
 */
final class PlanSimulation {
    private record Content(long length, String what) {}

    private final Plan plan;
    private final Program program;
    private final TreeMap<Long, Content> memory = new TreeMap<>();
    private final Map<String, Integer> contributions = new HashMap<>();

    private PlanSimulation(Plan plan) {
        this.plan = plan;
        this.program = plan.program();
    }

    /** One training step, twice over, then one forward pass for inference, twice over. */
    static void run(Plan plan) {
        PlanSimulation simulation = new PlanSimulation(plan);
        simulation.writeInputs(true);
        simulation.trainingStep();
        simulation.trainingStep();
        simulation.memory.clear();
        simulation.writeInputs(false);
        simulation.inference();
        simulation.inference();
    }

    private void trainingStep() {
        contributions.clear();
        List<PlannedCall> calls = plan.calls();
        for (PlannedCall call : calls) {
            forward(call, true);
        }
        Set<Integer> observed = program.observed();
        for (int id : observed) {
            read(tensor(id).value(), "value " + id);
            write(tensor(id).gradient().orElseThrow(), "gradient " + id);
            contributions.put("gradient " + id, 1);
        }
        for (int i = calls.size() - 1; i >= 0; i--) {
            backward(calls.get(i));
        }
        for (int id : observed) {
            read(tensor(id).value(), "value " + id);
        }
    }

    private void inference() {
        for (PlannedCall call : plan.calls()) {
            if (!call.call().node().trainOnly()) {
                forward(call, false);
            }
        }
        program.graph().outputs().stream()
                .filter(output -> !output.trainOnly())
                .forEach(output -> read(place(output.node(), false), "value " + output.node()));
    }

    private void forward(PlannedCall planned, boolean training) {
        Call call = planned.call();
        for (int id : call.inputs()) {
            read(place(id, training), "value " + id);
        }
        int output = call.output().id();
        boolean inPlace = call.inputs().stream()
                .anyMatch(id ->
                        place(id, training).offset() == place(output, training).offset());
        boolean mayBe = call.op().def().has(Trait.IN_PLACE)
                || call.op().def().has(Trait.VIEW)
                || (!training && call.op().def().has(Trait.IDENTITY_AT_INFERENCE));
        check(!inPlace || mayBe, call.name() + " cannot work in place");
        boolean view = inPlace && call.op().def().has(Trait.VIEW);
        if (view || (inPlace && !training && call.op().def().has(Trait.IDENTITY_AT_INFERENCE))) {
            alias(place(output, training), "value " + output);
        } else {
            write(place(output, training), "value " + output);
        }
        if (training) {
            planned.saved()
                    .ifPresent(offset -> write(new Place(offset, saved(call).perSample()), "saved " + output));
        }
    }

    private void backward(PlannedCall planned) {
        Call call = planned.call();
        int output = call.output().id();
        Place from = tensor(output).gradient().orElseThrow();
        String gradient = "gradient " + output;
        read(from, gradient);
        int expected = (int) program.calls().stream()
                        .flatMap(c -> c.inputs().stream())
                        .filter(id -> id == output)
                        .count()
                + (program.observed().contains(output) ? 1 : 0);
        check(contributions.getOrDefault(gradient, 0) == expected, gradient + " has not all its parts");
        if (call.readsInputs()) {
            call.inputs().forEach(id -> read(tensor(id).value(), "value " + id));
        }
        if (call.readsOutput()) {
            read(tensor(output).value(), "value " + output);
        }
        planned.saved().ifPresent(offset -> read(new Place(offset, saved(call).perSample()), "saved " + output));
        for (PlannedCall.Use use : planned.inputs()) {
            if (program.graph().node(use.id()) instanceof InputNode) {
                continue;
            }
            Place to = tensor(use.id()).gradient().orElseThrow();
            String name = "gradient " + use.id();
            if (use.adds()) {
                read(to, name);
            } else if (to.offset() == from.offset()) {
                check(
                        call.op().def().has(Trait.IN_PLACE) || call.op().def().has(Trait.VIEW),
                        call.name() + " in place");
                write(to, name);
            } else {
                check(
                        to.offset() + size(use.id()) <= from.offset() || from.offset() + size(output) <= to.offset(),
                        "overlap");
                write(to, name);
            }
            contributions.merge(name, 1, Integer::sum);
        }
    }

    private long size(int id) {
        return program.graph().node(id).shape().size();
    }

    private Saved saved(Call call) {
        return Planner.saved(program, call);
    }

    private PlannedTensor tensor(int id) {
        return plan.tensors().get(id);
    }

    private Place place(int id, boolean training) {
        return training ? tensor(id).value() : tensor(id).inference().orElseThrow();
    }

    private void writeInputs(boolean training) {
        program.graph().inputs().forEach(input -> write(place(input.id(), training), "value " + input.id()));
    }

    /** A view: what was there has one more name. */
    private void alias(Place place, String what) {
        Content content = memory.get(place.offset());
        check(content != null && content.length() == place.stride(), what + " is a view of nothing");
        Set<String> names = new HashSet<>(List.of(content.what().split(", ")));
        names.add(what);
        memory.put(place.offset(), new Content(place.stride(), String.join(", ", names)));
    }

    private void write(Place place, String what) {
        long from = place.offset();
        long to = from + place.stride();
        memory.entrySet()
                .removeIf(
                        e -> e.getKey() < to && from < e.getKey() + e.getValue().length());
        memory.put(from, new Content(place.stride(), what));
    }

    private void read(Place place, String what) {
        Content content = memory.get(place.offset());
        boolean there = content != null
                && content.length() == place.stride()
                && List.of(content.what().split(", ")).contains(what);
        check(there, what + " is gone: there is " + content);
    }

    private void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message + "\n" + program.text() + plan.text());
        }
    }
}
