package dev.fovea.benchmarks;

import dev.fovea.ops.Op;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Trait;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.random.RandomStream;
import dev.fovea.runtime.simd.SimdChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A workload on the CPU with random numbers in all tensors, every gradient asked for. */
final class BoundWorkload implements AutoCloseable {
    private static final int LINE = 16;

    private final CpuKernels kernels;
    private final Memory memory;
    private final Kernel kernel;
    private final Run run = new Run();
    private long next;

    BoundWorkload(Workload of, int threads) {
        kernels = new CpuKernels(threads, SimdChoice.best());
        Op op = of.op();
        Shape output = of.output();
        Saved saved = op.def().saved(op, of.inputs(), output);
        List<Parameter> declared = op.def().parameters(op, of.inputs(), output);
        long floats =
                2 * of.batch() * (of.inputs().stream().mapToLong(Shape::size).sum() + output.size() + saved.perSample())
                        + saved.perBatch()
                        + 2 * declared.stream().mapToLong(p -> p.shape().size()).sum()
                        + 8L * LINE * (of.inputs().size() + declared.size() + 4);
        memory = kernels.allocate("benchmark", floats);
        List<Operand> inputs = new ArrayList<>();
        for (int i = 0; i < of.inputs().size(); i++) {
            inputs.add(operand(of.inputs().get(i), of.batch(), op.def().hasGradient(i)));
        }
        Operand result = operand(output, of.batch(), true);
        List<ParameterOperand> parameters = new ArrayList<>();
        for (Parameter parameter : declared) {
            Region value = region(parameter.shape().size(), 0, 1);
            Region gradient = region(parameter.shape().size(), 0, 1);
            parameters.add(new ParameterOperand(
                    parameter, value, parameter.isTrainable() ? new Gradient(gradient, false) : null));
        }
        Optional<Region> perSample = saved.perSample() > 0
                ? Optional.of(region(saved.perSample(), saved.perSample(), of.batch()))
                : Optional.empty();
        Optional<Region> perBatch =
                saved.perBatch() > 0 ? Optional.of(region(saved.perBatch(), 0, 1)) : Optional.empty();
        fill();
        if (op.def().has(Trait.LOSS)) {
            memory.fill(inputs.get(1).value().offset(), of.inputs().get(1).size() * of.batch(), 1);
        }
        kernel = kernels.bind(new Binding(
                "benchmark", op, Optional.empty(), inputs, result, parameters, perSample, perBatch, of.batch(), 1));
        run.set(of.batch(), true, 1, 0);
        kernel.forward(run);
    }

    private Operand operand(Shape shape, int batch, boolean gradient) {
        Region value = region(shape.size(), shape.size(), batch);
        Region slope = region(shape.size(), shape.size(), batch);
        return new Operand(shape, value, gradient ? new Gradient(slope, false) : null);
    }

    private Region region(long size, long stride, int samples) {
        Region region = new Region(memory, next, stride);
        next += (size * samples + LINE - 1) / LINE * LINE;
        return region;
    }

    private void fill() {
        float[] chunk = new float[1 << 16];
        RandomStream stream = RandomStream.named(1, "benchmark");
        for (long at = 0; at < next; at += chunk.length) {
            int length = (int) Math.min(chunk.length, next - at);
            stream.fillUniform(chunk, 0, length, at, -1, 1);
            memory.write(at, chunk, 0, length);
        }
    }

    void forward() {
        kernel.forward(run);
    }

    void backward() {
        kernel.backward(run);
    }

    @Override
    public void close() {
        memory.close();
        kernels.close();
    }
}
