package dev.fovea.runtime.kernels;

import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import java.util.List;
import java.util.Optional;

/**
 * One operator and its tensors, ready to be bound.
 *
 * @param name the layer's whole dotted name, for messages: {@code layer1.0.conv1}
 * @param op the operator
 * @param activation an element-wise operator fused behind it: the output is the activation's; backward begins by taking
 *     the output's gradient through the activation, in place, from the output's values, unless who wrote it has, see {@link Kernels#trains}
 * @param inputs in the operator's order
 * @param output its one output
 * @param parameters in the order of the operator's parameter rule
 * @param saved what forward keeps per sample, see {@link dev.fovea.ops.Saved}; empty at inference or when it keeps nothing
 * @param savedPerBatch what forward keeps once a batch; likewise
 * @param capacity the largest batch
 * @param stream which of the run's random streams is this operator's
 */
public record Binding(
        String name,
        Op op,
        Optional<Op> activation,
        List<Operand> inputs,
        Operand output,
        List<ParameterOperand> parameters,
        Optional<Region> saved,
        Optional<Region> savedPerBatch,
        int capacity,
        int stream) {
    /** Copies the lists. */
    public Binding {
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
    }

    /** The first input. */
    public Operand input() {
        return inputs.get(0);
    }

    /** The inputs' shapes. */
    public List<Shape> inputShapes() {
        return inputs.stream().map(Operand::shape).toList();
    }
}
