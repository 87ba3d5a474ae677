package dev.fovea.opencl;

import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.OpDef;
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
import dev.fovea.runtime.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a device makes of one sample of an operator, on numbers that are the same for every device. */
final class SampleResult {
    private static final int BATCH = 3;
    private static final long SEED = 4;

    private final float[] output;
    private final List<float[]> gradients;

    /** The output, and the gradients of the inputs, then of the parameters. */
    private SampleResult(float[] output, List<float[]> gradients) {
        this.output = output;
        this.gradients = gradients;
    }

    /**
     * Runs forward and backward on a batch.
     *
     * @throws dev.fovea.runtime.kernels.DeviceException when the device does not
     */
    static SampleResult of(OpDef.Sample sample, Kernels kernels) {
        Rig rig = new Rig(kernels);
        try {
            return rig.run(sample);
        } finally {
            rig.memories.forEach(Memory::close);
        }
    }

    /** The largest difference between the outputs, relative to the largest element. */
    double outputError(SampleResult expected) {
        return error(output, expected.output);
    }

    /** The largest difference between any two gradients, relative to the largest element of each. */
    double gradientError(SampleResult expected) {
        double worst = 0;
        for (int i = 0; i < gradients.size(); i++) {
            worst = Math.max(worst, error(gradients.get(i), expected.gradients.get(i)));
        }
        return worst;
    }

    private static double error(float[] actual, float[] expected) {
        double largest = Float.MIN_NORMAL;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        return worst / largest;
    }

    /** The memory of one run. */
    private static final class Rig {
        private final Kernels kernels;
        private final List<Memory> memories = new ArrayList<>();
        private final List<Tensor> gradients = new ArrayList<>();

        /** A tensor, or all the tensors of a batch, and how many floats that is. */
        private record Tensor(Region region, long length) {}

        Rig(Kernels kernels) {
            this.kernels = kernels;
        }

        SampleResult run(OpDef.Sample sample) {
            Op op = sample.op();
            Shape shape = infer(sample);
            Saved saved = op.def().saved(op, sample.inputs(), shape);
            List<Operand> inputs = inputs(sample);
            List<ParameterOperand> parameters = parameters(op.def().parameters(op, sample.inputs(), shape));
            long length = shape.size() * BATCH;
            Gradient upstream = new Gradient(region(numbers(length, 0), shape.size()), false);
            Tensor output = new Tensor(region(new float[Math.toIntExact(length)], shape.size()), length);
            Kernel kernel = kernels.bind(new Binding(
                    op.name(),
                    op,
                    Optional.empty(),
                    inputs,
                    new Operand(shape, output.region, upstream),
                    parameters,
                    room(saved.perSample() * BATCH, saved.perSample()),
                    room(saved.perBatch(), 0),
                    BATCH,
                    1));
            Run run = new Run().set(BATCH, true, SEED, 0);
            kernel.forward(run);
            kernel.backward(run);
            return new SampleResult(
                    read(output), gradients.stream().map(Rig::read).toList());
        }

        private List<Operand> inputs(OpDef.Sample sample) {
            List<Operand> inputs = new ArrayList<>();
            for (int i = 0; i < sample.inputs().size(); i++) {
                Shape shape = sample.inputs().get(i);
                boolean differentiable = sample.op().def().hasGradient(i);
                int classes = differentiable ? 0 : sample.inputs().get(0).channels();
                long length = shape.size() * BATCH;
                float[] values = numbers(length, classes);
                for (int j = 0; j < values.length && sample.op().def().isProbability(i); j++) {
                    values[j] = 0.5f + 0.45f * values[j];
                }
                Region value = region(values, shape.size());
                inputs.add(new Operand(shape, value, differentiable ? gradient(length, shape.size()) : null));
            }
            return inputs;
        }

        private List<ParameterOperand> parameters(List<Parameter> declared) {
            List<ParameterOperand> parameters = new ArrayList<>();
            for (Parameter parameter : declared) {
                long size = parameter.shape().size();
                Gradient gradient = parameter.isTrainable() ? gradient(size, 0) : null;
                parameters.add(new ParameterOperand(parameter, region(numbers(size, 0), 0), gradient));
            }
            return parameters;
        }

        private static Shape infer(OpDef.Sample sample) {
            try {
                return sample.op().def().infer(sample.op(), sample.inputs(), Findings.NONE);
            } catch (Misfit misfit) {
                throw new IllegalStateException("the shape rule refuses the sample " + sample, misfit);
            }
        }

        private Region region(float[] values, long stride) {
            Memory memory = kernels.allocate("a check", values.length);
            memories.add(memory);
            memory.write(0, values, 0, values.length);
            return new Region(memory, 0, stride);
        }

        private Gradient gradient(long length, long stride) {
            Tensor tensor = new Tensor(region(new float[Math.toIntExact(length)], stride), length);
            gradients.add(tensor);
            return new Gradient(tensor.region, false);
        }

        private Optional<Region> room(long length, long stride) {
            return length == 0 ? Optional.empty() : Optional.of(region(new float[Math.toIntExact(length)], stride));
        }

        private static float[] read(Tensor tensor) {
            float[] values = new float[Math.toIntExact(tensor.length)];
            tensor.region.memory().read(tensor.region.offset(), values, 0, values.length);
            return values;
        }

        /** Uniform in [−1, 1), or classes where there are some; each tensor of a run gets numbers of its own. */
        private float[] numbers(long length, int classes) {
            float[] values = new float[Math.toIntExact(length)];
            RandomStream random = new RandomStream(SEED, memories.size());
            for (int i = 0; i < values.length; i++) {
                values[i] = classes > 0 ? random.below(i, classes) : 2 * random.uniform(i) - 1;
            }
            return values;
        }
    }
}
