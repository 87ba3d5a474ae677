package dev.fovea.opencl;

import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** An operator of one input bound on a device, its tensors full of random numbers from a seed. */
final class BoundOp implements AutoCloseable {
    private final Kernels kernels;
    private final List<Memory> memories = new ArrayList<>();
    private final List<Gradient> gradients = new ArrayList<>();
    private final List<Long> lengths = new ArrayList<>();
    private final Random random;
    private final int batch;
    private final Region output;
    private final long outputLength;
    private final Kernel kernel;

    BoundOp(Kernels kernels, Op op, Optional<Op> activation, Shape input, int batch, long seed) {
        this.kernels = kernels;
        this.batch = batch;
        this.random = new Random(seed);
        Shape shape = infer(op, input);
        Saved saved = op.def().saved(op, List.of(input), shape);
        Operand x = new Operand(
                input, region(input.size() * batch, input.size()), gradient(input.size() * batch, input.size()));
        List<ParameterOperand> parameters = new ArrayList<>();
        for (Parameter parameter : op.def().parameters(op, List.of(input), shape)) {
            long size = parameter.shape().size();
            Region value = region(size, 0);
            parameters.add(new ParameterOperand(parameter, value, parameter.isTrainable() ? gradient(size, 0) : null));
        }
        outputLength = shape.size() * batch;
        output = region(outputLength, shape.size());
        Gradient upstream = new Gradient(region(outputLength, shape.size()), false);
        kernel = kernels.bind(new Binding(
                "layer1.0." + op.name(),
                op,
                activation,
                List.of(x),
                new Operand(shape, output, upstream),
                parameters,
                room(saved.perSample() * batch, saved.perSample()),
                room(saved.perBatch(), 0),
                batch,
                0));
    }

    private static Shape infer(Op op, Shape input) {
        try {
            return op.def().infer(op, List.of(input), Findings.NONE);
        } catch (Misfit misfit) {
            throw new AssertionError(misfit.label(), misfit);
        }
    }

    private Region region(long length, long stride) {
        float[] values = new float[(int) length];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        Memory memory = kernels.allocate("a test", length);
        memories.add(memory);
        memory.write(0, values, 0, values.length);
        return new Region(memory, 0, stride);
    }

    private Gradient gradient(long length, long stride) {
        gradients.add(new Gradient(region(length, stride), false));
        lengths.add(length);
        return gradients.get(gradients.size() - 1);
    }

    private Optional<Region> room(long length, long stride) {
        return length == 0 ? Optional.empty() : Optional.of(region(length, stride));
    }

    /** Forward and backward; the output, then the gradients. */
    List<float[]> step() {
        Run run = new Run().set(batch, true, 3, 0);
        kernel.forward(run);
        List<float[]> results = new ArrayList<>(List.of(read(output, outputLength)));
        kernel.backward(run);
        for (int i = 0; i < gradients.size(); i++) {
            results.add(read(gradients.get(i).region(), lengths.get(i)));
        }
        return results;
    }

    private static float[] read(Region region, long length) {
        float[] values = new float[(int) length];
        region.memory().read(0, values, 0, values.length);
        return values;
    }

    @Override
    public void close() {
        memories.forEach(Memory::close);
    }
}
