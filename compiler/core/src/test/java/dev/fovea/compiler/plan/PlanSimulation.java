package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.InputNode;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Program;
import dev.fovea.ops.Trait;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs a plan on memory that remembers what was written where, and fails when a call reads what is no longer there. Knows
 * nothing of lifetimes or blocks: only what each operator reads and writes.
 */
final class PlanSimulation {
    /** Floats of one sample. */
    private record Range(long from, long length) {
        boolean meets(Range other) {
            return from < other.from + other.length && other.from < from + length;
        }

        boolean holds(Range other) {
            return from <= other.from && other.from + other.length <= from + length;
        }
    }

    private final Plan plan;
    private final Program program;
    private final Map<String, Range> memory = new TreeMap<>();
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
            read(value(id, true), "value " + id);
            write(gradient(id), "gradient " + id);
            contributions.put("gradient " + id, 1);
        }
        for (int i = calls.size() - 1; i >= 0; i--) {
            again(i);
            backward(calls.get(i));
        }
        for (int id : observed) {
            read(value(id, true), "value " + id);
        }
    }

    /** Before the last call of a run of calls that are made again. */
    private void again(int last) {
        List<PlannedCall> calls = plan.calls();
        Optional<String> label = calls.get(last).recomputed();
        boolean isLast = label.isPresent()
                && (last + 1 == calls.size()
                        || !calls.get(last + 1).recomputed().equals(label));
        if (isLast) {
            int first = last;
            while (first > 0 && calls.get(first - 1).recomputed().equals(label)) {
                first--;
            }
            Map<String, Range> before = new TreeMap<>(memory);
            for (int i = first; i <= last; i++) {
                forward(calls.get(i), true);
            }
            calls.forEach(call -> restore(call.call(), before));
        }
    }

    /** What is only another name for tensors that have been made again with the same numbers is there as it was before. */
    private void restore(Call call, Map<String, Range> before) {
        String name = "value " + call.output().id();
        Range range = value(call.output().id(), true);
        List<Range> parts = piecesInPlace(call, range, id -> value(id, true));
        boolean isName = call.op().def().has(Trait.VIEW)
                        && value(call.inputs().get(0), true).equals(range)
                || !parts.isEmpty() && parts.size() == call.inputs().size();
        boolean made = call.inputs().stream().allMatch(id -> value(id, true).equals(memory.get("value " + id)));
        if (isName && made && range.equals(before.get(name))) {
            memory.put(name, range);
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
                .forEach(output -> read(value(output.node(), false), "value " + output.node()));
    }

    private void forward(PlannedCall planned, boolean training) {
        Call call = planned.call();
        for (int id : call.inputs()) {
            read(value(id, training), "value " + id);
        }
        int output = call.output().id();
        Range to = value(output, training);
        boolean inPlace =
                call.inputs().stream().anyMatch(id -> value(id, training).equals(to));
        boolean mayBe = call.op().def().has(Trait.IN_PLACE)
                || call.op().def().has(Trait.VIEW)
                || (!training && call.op().def().has(Trait.IDENTITY_AT_INFERENCE))
                || (planned.foldsInto().isPresent()
                        && (!training || call.op().def().has(Trait.SUM)))
                || call.inputs().size() == 1 && !Planner.pieces(program, call).isEmpty();
        check(!inPlace || mayBe, call.name() + " cannot work in place");
        boolean view = inPlace && call.op().def().has(Trait.VIEW);
        if (view || (inPlace && !training && call.op().def().has(Trait.IDENTITY_AT_INFERENCE))) {
            memory.put("value " + output, to); // one more name for what was there
        } else {
            write(to, "value " + output, piecesInPlace(call, to, id -> value(id, training)));
        }
        if (training) {
            planned.saved().ifPresent(offset -> write(saved(call, offset), "saved " + output));
        }
    }

    /** The inputs of a call that lie where they belong in its output: what is there does not change. */
    private List<Range> piecesInPlace(Call call, Range whole, Function<Integer, Range> place) {
        List<Long> pieces = Planner.pieces(program, call);
        return IntStream.range(0, pieces.size())
                .mapToObj(k -> new Range(
                        whole.from() + pieces.get(k), size(call.inputs().get(k))))
                .filter(piece ->
                        call.inputs().stream().anyMatch(id -> place.apply(id).equals(piece)))
                .toList();
    }

    private void backward(PlannedCall planned) {
        Call call = planned.call();
        int output = call.output().id();
        Range from = gradient(output);
        String gradient = "gradient " + output;
        read(from, gradient);
        int expected = (int) program.calls().stream()
                        .flatMap(c -> c.inputs().stream())
                        .filter(id -> id == output)
                        .count()
                + (program.observed().contains(output) ? 1 : 0);
        check(contributions.getOrDefault(gradient, 0) == expected, gradient + " has not all its parts");
        if (call.activation().isPresent()) {
            write(from, gradient); // taken through the activation where it lies
        }
        if (call.readsInputs()) {
            call.inputs().forEach(id -> read(value(id, true), "value " + id));
        }
        if (call.readsOutput()) {
            read(value(output, true), "value " + output);
        }
        planned.saved().ifPresent(offset -> read(saved(call, offset), "saved " + output));
        List<Long> pieces = Planner.pieces(program, call);
        for (int k = 0; k < planned.inputs().size(); k++) {
            PlannedCall.Use use = planned.inputs().get(k);
            if (program.graph().node(use.id()) instanceof InputNode) {
                continue;
            }
            Range to = gradient(use.id());
            String name = "gradient " + use.id();
            boolean piece = !pieces.isEmpty() && to.equals(new Range(from.from() + pieces.get(k), size(use.id())));
            if (use.adds()) {
                check(!piece && !to.equals(from), call.name() + " would add a gradient to itself");
                read(to, name);
                write(to, name);
                memory.put(gradient, from); // of the rest of the output's gradient nothing is changed
            } else if (piece) {
                memory.put(name, to); // one more name for a part of the output's gradient
            } else if (to.equals(from)
                    && (call.op().def().has(Trait.SUM) || call.op().def().has(Trait.VIEW))) {
                memory.put(name, to); // one more name for the output's gradient
            } else if (to.equals(from)) {
                check(call.op().def().has(Trait.IN_PLACE), call.name() + " in place");
                write(to, name);
            } else {
                check(!to.meets(from), "overlap");
                write(to, name);
            }
            contributions.merge(name, 1, Integer::sum);
        }
    }

    private long size(int id) {
        return program.graph().node(id).shape().size();
    }

    private Range saved(Call call, long offset) {
        return new Range(offset, Planner.saved(program, call).perSample());
    }

    private PlannedTensor tensor(int id) {
        return plan.tensors().get(id);
    }

    private Range value(int id, boolean training) {
        return range(training ? tensor(id).value() : tensor(id).inference().orElseThrow(), id);
    }

    private Range gradient(int id) {
        return range(tensor(id).gradient().orElseThrow(), id);
    }

    private Range range(Place place, int id) {
        check(place.within() + size(id) <= place.stride(), "%" + id + " reaches beyond its block");
        return new Range(place.offset() + place.within(), size(id));
    }

    private void writeInputs(boolean training) {
        program.graph().inputs().forEach(input -> write(value(input.id(), training), "value " + input.id()));
    }

    private void write(Range to, String what) {
        write(to, what, List.of());
    }

    /** Overwrites a range, except for some parts of it. */
    private void write(Range to, String what, List<Range> untouched) {
        memory.values().removeIf(there -> there.meets(to) && untouched.stream().noneMatch(part -> part.holds(there)));
        memory.put(what, to);
    }

    private void read(Range from, String what) {
        check(from.equals(memory.get(what)), what + " is gone: there is " + memory);
    }

    private void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message + "\n" + program.text() + plan.text());
        }
    }
}
