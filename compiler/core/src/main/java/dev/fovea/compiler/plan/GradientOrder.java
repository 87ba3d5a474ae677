package dev.fovea.compiler.plan;

import dev.fovea.compiler.pass.Program;
import dev.fovea.compiler.plan.PlannedCall.Use;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who writes a gradient first and who adds to it. Backward runs the calls in reverse; the first call that reads a tensor
 * there overwrites its gradient, the others add. What a loss has written before counts as the first.
 */
final class GradientOrder {
    private final List<List<Use>> inputs;
    private final List<List<Use>> parameters;

    private GradientOrder(List<List<Use>> inputs, List<List<Use>> parameters) {
        this.inputs = inputs;
        this.parameters = parameters;
    }

    static GradientOrder of(Program program) {
        int calls = program.calls().size();
        List<List<Use>> inputs = new ArrayList<>(Collections.nCopies(calls, List.of()));
        List<List<Use>> parameters = new ArrayList<>(Collections.nCopies(calls, List.of()));
        Set<Integer> writtenTensors = new HashSet<>(program.observed());
        Set<Integer> writtenParameters = new HashSet<>();
        for (int i = calls - 1; i >= 0; i--) {
            inputs.set(i, uses(program.calls().get(i).inputs(), writtenTensors));
            parameters.set(i, uses(program.calls().get(i).node().parameters(), writtenParameters));
        }
        return new GradientOrder(inputs, parameters);
    }

    List<Use> inputs(int call) {
        return inputs.get(call);
    }

    List<Use> parameters(int call) {
        return parameters.get(call);
    }

    private static List<Use> uses(List<Integer> ids, Set<Integer> written) {
        return ids.stream().map(id -> new Use(id, !written.add(id))).toList();
    }
}
