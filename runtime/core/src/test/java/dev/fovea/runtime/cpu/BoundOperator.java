package dev.fovea.runtime.cpu;

import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.ScalarSimd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operator with one input on the CPU: numbers in, numbers out. */
final class BoundOperator implements AutoCloseable {
    private static final int TENSOR = 1024;

    private final CpuKernels kernels = new CpuKernels(1, new ScalarSimd());
    private final Memory memory = kernels.allocate("test", 16 * TENSOR);
    private final Run run = new Run();
    private final Kernel kernel;
    private final Shape output;
    private final List<Region> parameters = new ArrayList<>();
    private final List<Region> parameterGradients = new ArrayList<>();
    private final Region x;
    private final Region y;
    private final Region dx;
    private final Region dy;
    private final int inputSize;
    private int batch;

    BoundOperator(Op op, Shape input, int capacity) {
        try {
            output = op.def().infer(op, List.of(input), Findings.NONE);
        } catch (Misfit misfit) {
            throw new IllegalArgumentException(misfit);
        }
        inputSize = (int) input.size();
        x = region(0, inputSize);
        dx = region(1, inputSize);
        y = region(2, output.size());
        dy = region(3, output.size());
        Saved saved = op.def().saved(op, List.of(input), output);
        List<ParameterOperand> operands = new ArrayList<>();
        for (Parameter parameter : op.def().parameters(op, List.of(input), output)) {
            Region value = region(6 + operands.size(), 0);
            Region gradient = region(11 + operands.size(), 0);
            parameters.add(value);
            parameterGradients.add(gradient);
            memory.fill(
                    value.offset(),
                    parameter.shape().size(),
                    parameter.initializer().first());
            operands.add(new ParameterOperand(
                    parameter, value, parameter.isTrainable() ? new Gradient(gradient, false) : null));
        }
        kernel = kernels.bind(new Binding(
                "test",
                op,
                Optional.empty(),
                List.of(new Operand(input, x, new Gradient(dx, false))),
                new Operand(output, y, new Gradient(dy, false)),
                operands,
                saved.perSample() > 0 ? Optional.of(region(4, saved.perSample())) : Optional.empty(),
                saved.perBatch() > 0 ? Optional.of(region(5, 0)) : Optional.empty(),
                capacity,
                1));
    }

    private Region region(int index, long stride) {
        return new Region(memory, (long) index * TENSOR, stride);
    }

    float[] forward(boolean training, float... values) {
        batch = values.length / inputSize;
        memory.write(x.offset(), values, 0, values.length);
        kernel.forward(run.set(batch, training, 1, 0));
        return read(y, batch * (int) output.size());
    }

    float[] backward(float... gradient) {
        memory.write(dy.offset(), gradient, 0, gradient.length);
        kernel.backward(run);
        return read(dx, batch * inputSize);
    }

    float[] parameter(int index, int size) {
        return read(parameters.get(index), size);
    }

    float[] parameterGradient(int index, int size) {
        return read(parameterGradients.get(index), size);
    }

    private float[] read(@Nullable Region region, int size) {
        float[] values = new float[size];
        memory.read(region.offset(), values, 0, size);
        return values;
    }

    @Override
    public void close() {
        memory.close();
        kernels.close();
    }
}
