package dev.fovea.testkit.oracle;

import dev.fovea.ops.Op;
import java.util.List;

/**
 * An operator and its operands.
 *
 * @param inputs each with the batch as axis 0
 * @param parameters in the order of the operator's parameter rule
 * @param training whether batch norm takes the statistics of the batch
 */
public record Call<T extends Op>(T op, List<DoubleTensor> inputs, List<DoubleTensor> parameters, boolean training) {
    /** Copies the lists. */
    public Call {
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
    }

    /** The first input. */
    public DoubleTensor x() {
        return inputs.get(0);
    }

    /** The samples. */
    public int batch() {
        return x().extent(0);
    }

    /** The same with all numbers positive. */
    public Call<T> absolute() {
        return new Call<>(
                op,
                inputs.stream().map(tensor -> tensor.map(Math::abs)).toList(),
                parameters.stream().map(tensor -> tensor.map(Math::abs)).toList(),
                training);
    }
}
