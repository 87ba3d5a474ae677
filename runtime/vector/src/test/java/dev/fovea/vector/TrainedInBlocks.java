package dev.fovea.vector;

import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** An operator that trains, with its tensors and their gradients in planes or in channel blocks; numbers go in and come out in planes. */
final class TrainedInBlocks implements AutoCloseable {
    /** What lies between samples. */
    private static final int GAP = 5;

    private static final int FIRST = 3;
    private static final float GUARD = 77;

    /**
     * How it is bound.
     *
     * @param accumulates whether all gradients are added to what is there
     * @param frozen whether parameters have no gradient
     * @param ends whether the input has none
     */
    record Setting(int capacity, boolean accumulates, boolean frozen, boolean ends) {
        static Setting of(int capacity, boolean accumulates) {
            return new Setting(capacity, accumulates, false, false);
        }
    }

    final Run run = new Run();
    private final CpuKernels kernels;
    private final boolean blocked;
    private final List<Operand> inputs = new ArrayList<>();
    private final List<ParameterOperand> parameters = new ArrayList<>();
    private final Operand output;
    private final Kernel kernel;

    TrainedInBlocks(
            CpuKernels kernels, boolean blocked, Op op, Optional<Op> activation, List<Shape> shapes, Setting setting) {
        this.kernels = kernels;
        this.blocked = blocked;
        int capacity = setting.capacity();
        for (Shape shape : shapes) {
            Gradient gradient =
                    setting.ends() ? null : new Gradient(region(shape.size(), capacity), setting.accumulates());
            inputs.add(new Operand(shape, region(shape.size(), capacity), gradient));
        }
        Shape shape = infer(op, shapes);
        // A kernel with an activation behind it is in another, which takes the gradient through it.
        Gradient outputGradient = activation.isPresent() ? null : new Gradient(region(shape.size(), capacity), false);
        output = new Operand(shape, region(shape.size(), capacity), outputGradient);
        Random random = new Random(9);
        for (Parameter parameter : op.def().parameters(op, shapes, shape)) {
            int size = (int) parameter.shape().size();
            Region value = new Region(kernels.allocate("test", size), 0, 0);
            float[] numbers = Ranges.random(random, size);
            for (int i = 0; i < size; i++) {
                numbers[i] = .5f + Math.abs(numbers[i]);
            }
            value.memory().write(0, numbers, 0, size);
            Region gradient = new Region(kernels.allocate("test", size), 0, 0);
            gradient.memory().write(0, numbers, 0, size);
            boolean learns = parameter.isTrainable() && !setting.frozen();
            parameters.add(new ParameterOperand(
                    parameter, value, learns ? new Gradient(gradient, setting.accumulates()) : null));
        }
        Saved saved = op.def().saved(op, shapes, shape);
        kernel = kernels.bind(new Binding(
                "test",
                op,
                activation,
                inputs,
                output,
                parameters,
                saved.perSample() > 0 ? Optional.of(region(saved.perSample(), capacity)) : Optional.empty(),
                saved.perBatch() > 0
                        ? Optional.of(new Region(kernels.allocate("test", saved.perBatch()), 0, 0))
                        : Optional.empty(),
                capacity,
                0));
        if (blocked) {
            ((Blockable) kernel).lay(true, true);
        }
        kernels.ready();
    }

    static Shape infer(Op op, List<Shape> shapes) {
        try {
            return op.def().infer(op, shapes, Findings.NONE);
        } catch (Misfit misfit) {
            throw new IllegalArgumentException(misfit);
        }
    }

    private Region region(long size, int capacity) {
        long stride = size + GAP;
        Memory memory = kernels.allocate("test", FIRST + capacity * stride);
        memory.fill(0, memory.length(), GUARD);
        return new Region(memory, FIRST, stride);
    }

    boolean canBlock() {
        return kernel instanceof Blockable blockable && blockable.canBlock();
    }

    /** Runs it on what an input has. */
    void forward() {
        kernel.forward(run);
    }

    /** Runs it on what the gradients have. */
    void backward() {
        kernel.backward(run);
    }

    /** Puts down an input's values, of as many samples as there are. */
    void write(int input, float[] planes) {
        write(inputs.get(input).value(), inputs.get(input).shape(), planes);
    }

    /** Puts down what is in an input's gradient before it is added to. */
    void writeGradient(int input, float[] planes) {
        write(inputs.get(input).gradient().region(), inputs.get(input).shape(), planes);
    }

    void writeOutputGradient(float[] planes) {
        write(output.gradient().region(), output.shape(), planes);
    }

    float[] output(int samples) {
        return read(output.value(), output.shape(), samples);
    }

    float[] gradient(int input, int samples) {
        return read(inputs.get(input).gradient().region(), inputs.get(input).shape(), samples);
    }

    /** The values of all parameters, and behind them their gradients. */
    List<float[]> parameters() {
        List<float[]> all = new ArrayList<>();
        parameters.forEach(one -> all.add(numbers(one.value(), one.parameter())));
        parameters.stream()
                .filter(one -> one.gradient() != null)
                .forEach(one -> all.add(numbers(one.gradient().region(), one.parameter())));
        return all;
    }

    private static float[] numbers(Region region, Parameter parameter) {
        float[] numbers = new float[(int) parameter.shape().size()];
        region.memory().read(region.offset(), numbers, 0, numbers.length);
        return numbers;
    }

    private boolean isBlocked(Shape shape) {
        return blocked && shape.rank() == 3;
    }

    private void write(Region region, Shape shape, float[] planes) {
        int size = (int) shape.size();
        for (int sample = 0; sample * size < planes.length; sample++) {
            float[] one = Arrays.copyOfRange(planes, sample * size, (sample + 1) * size);
            float[] here = isBlocked(shape) ? BlockOrder.blocks(one, shape) : one;
            region.memory().write(region.at(sample), here, 0, size);
        }
    }

    private float[] read(Region region, Shape shape, int samples) {
        int size = (int) shape.size();
        float[] all = new float[samples * size];
        for (int sample = 0; sample < samples; sample++) {
            float[] one = new float[size + GAP];
            region.memory().read(region.at(sample), one, 0, size + GAP);
            for (int i = size; i < size + GAP; i++) {
                if (one[i] != GUARD) {
                    throw new AssertionError("written behind the end of sample " + sample);
                }
            }
            float[] here = Arrays.copyOf(one, size);
            System.arraycopy(isBlocked(shape) ? BlockOrder.planes(here, shape) : here, 0, all, sample * size, size);
        }
        return all;
    }

    @Override
    public void close() {
        kernels.close();
    }
}
