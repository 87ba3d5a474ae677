package dev.fovea.compiler.plan;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphParameter;
import dev.fovea.compiler.graph.Node;
import dev.fovea.compiler.pass.Call;
import dev.fovea.compiler.pass.Passes;
import dev.fovea.compiler.pass.Program;
import dev.fovea.compiler.plan.PlannedCall.Use;
import dev.fovea.ops.Alignment;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the {@link Plan} of a program. */
public final class Planner {
    private final Program program;
    private final List<Call> calls;
    private final Map<Integer, PlannedParameter> parameters = new TreeMap<>();
    private long trainableFloats;
    private long stateFloats;
    private long savedFloats;

    private Planner(Program program) {
        this.program = program;
        this.calls = program.calls();
    }

    /** The plan of a checked graph, all passes run. */
    public static Plan plan(Graph graph) {
        return plan(Passes.run(graph));
    }

    /** The plan of a program. */
    public static Plan plan(Program program) {
        return new Planner(program).plan();
    }

    private Plan plan() {
        placeParameters();
        InferencePlaces inference = InferencePlaces.of(program);
        TrainingPlaces training = TrainingPlaces.of(program);
        Map<Integer, PlannedTensor> tensors = new TreeMap<>();
        for (int id : tensorIds()) {
            Node node = program.graph().node(id);
            tensors.put(
                    id, new PlannedTensor(node, training.value(node), training.gradient(node), inference.value(node)));
        }
        List<PlannedCall> planned = new ArrayList<>();
        GradientOrder order = GradientOrder.of(program);
        Folding folding = Folding.of(program);
        Segments segments = Segments.of(program);
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            List<Use> inputs = order.inputs(i);
            planned.add(new PlannedCall(
                    call,
                    inputs,
                    order.parameters(i),
                    training.saved(i),
                    savedPerBatch(call),
                    folding.into(i),
                    segments.of(i).map(Segments.Segment::label),
                    isElided(tensors, call)));
        }
        return new Plan(
                program,
                planned,
                tensors,
                parameters,
                training.size(),
                inference.size(),
                savedFloats,
                trainableFloats,
                stateFloats);
    }

    /** The inputs of the model and the outputs of the calls. */
    private Set<Integer> tensorIds() {
        Set<Integer> ids = new TreeSet<>();
        program.graph().inputs().forEach(input -> ids.add(input.id()));
        calls.forEach(call -> ids.add(call.output().id()));
        return ids;
    }

    private void placeParameters() {
        for (Call call : calls) {
            for (int index : call.node().parameters()) {
                if (parameters.containsKey(index)) {
                    continue;
                }
                GraphParameter parameter = program.graph().parameters().get(index);
                long floats = Alignment.up(parameter.parameter().shape().size());
                if (parameter.parameter().isTrainable()) {
                    parameters.put(index, new PlannedParameter(parameter, trainableFloats));
                    trainableFloats += floats;
                } else {
                    parameters.put(index, new PlannedParameter(parameter, stateFloats));
                    stateFloats += floats;
                }
            }
        }
    }

    private OptionalLong savedPerBatch(Call call) {
        long floats = saved(program, call).perBatch();
        if (floats == 0) {
            return OptionalLong.empty();
        }
        long offset = savedFloats;
        savedFloats += Alignment.up(floats);
        return OptionalLong.of(offset);
    }

    static Saved saved(Program program, Call call) {
        List<Shape> shapes = call.inputs().stream()
                .map(id -> program.graph().node(id).shape())
                .toList();
        return call.op().def().saved(call.op(), shapes, call.node().shape());
    }

    /** For each input of a call where its elements begin in the output, when that is all the call does; else empty. */
    static List<Long> pieces(Program program, Call call) {
        List<Shape> shapes = call.inputs().stream()
                .map(id -> program.graph().node(id).shape())
                .toList();
        return call.op().def().pieces(call.op(), shapes, call.node().shape());
    }

    private static boolean isElided(Map<Integer, PlannedTensor> tensors, Call call) {
        if (!call.op().def().has(Trait.VIEW)) {
            return false;
        }
        PlannedTensor input = tensor(tensors, call.inputs().get(0));
        PlannedTensor output = tensor(tensors, call.output().id());
        return input.value().equals(output.value())
                && input.gradient().equals(output.gradient())
                && (output.inference().isEmpty() || input.inference().equals(output.inference()));
    }

    private static PlannedTensor tensor(Map<Integer, PlannedTensor> tensors, int id) {
        PlannedTensor tensor = tensors.get(id);
        if (tensor == null) {
            throw new IllegalStateException("no tensor %" + id);
        }
        return tensor;
    }
}
