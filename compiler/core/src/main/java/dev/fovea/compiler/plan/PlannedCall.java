package dev.fovea.compiler.plan;

import dev.fovea.compiler.pass.Call;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A call with the order of its gradients and the place of what it keeps.
 *
 * @param call what runs
 * @param inputs the ids of the tensors it reads, each with whether its backward adds to their gradient
 * @param parameters the places of its parameters in the graph, likewise
 * @param saved in the arena for training, when it keeps anything per sample
 * @param savedPerBatch in the memory for batch-wide state, when it keeps anything once a batch
 * @param foldsInto the tensor whose call may do this one too at inference, where this one is written over it
 * @param recomputed the label of the call of a block that is made again before the backward of all of it
 * @param elided whether input and output are one block in every plan, so that nothing needs to run
 */
public record PlannedCall(
        Call call,
        List<Use> inputs,
        List<Use> parameters,
        OptionalLong saved,
        OptionalLong savedPerBatch,
        OptionalInt foldsInto,
        Optional<String> recomputed,
        boolean elided) {
    /** Copies the lists. */
    public PlannedCall {
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
    }

    /**
     * A tensor or parameter that a call uses.
     *
     * @param id of the tensor's node, or the parameter's place in the graph
     * @param adds whether its gradient already holds another's part when this call's backward runs
     */
    public record Use(int id, boolean adds) {}
}
