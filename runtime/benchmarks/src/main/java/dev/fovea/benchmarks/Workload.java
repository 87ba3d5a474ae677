package dev.fovea.benchmarks;

import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Shape;
import java.util.List;

/**
 * An operator on shapes as they occur in a network.
 *
 * @param op the operator
 * @param inputs the shapes of a sample
 * @param batch the samples
 */
record Workload(Op op, List<Shape> inputs, int batch) {
    Workload {
        inputs = List.copyOf(inputs);
    }

    static Workload of(Op op, int batch, Shape... inputs) {
        return new Workload(op, List.of(inputs), batch);
    }

    Shape output() {
        try {
            return op.def().infer(op, inputs, Findings.NONE);
        } catch (Misfit misfit) {
            throw new IllegalStateException(misfit.message() + ": " + misfit.label(), misfit);
        }
    }

    /** Floating-point operations of one pass: two a multiply-add; backward has two products of forward's size. */
    double flops(boolean backward) {
        return 2.0 * op.def().macs(op, inputs, output()) * batch * (backward ? 2 : 1);
    }

    /**
     * The least bytes to move in one pass: forward reads the inputs and writes the output; backward reads the inputs or the
     * output and the output's gradient and writes the inputs' gradients. Parameters are counted once, their gradients too.
     */
    double bytes(boolean backward) {
        double in = inputs.stream().mapToDouble(Shape::size).sum() * batch;
        double out = (double) output().size() * batch;
        double parameters = op.def().parameters(op, inputs, output()).stream()
                .mapToDouble(parameter -> parameter.shape().size())
                .sum();
        return Float.BYTES * (backward ? 2 * in + out + 2 * parameters : in + out + parameters);
    }
}
