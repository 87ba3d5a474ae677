package dev.fovea.vector;

import dev.fovea.ops.Findings;
import dev.fovea.ops.Misfit;
import dev.fovea.ops.Op;
import dev.fovea.ops.Parameter;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.cpu.blocks.Blockable;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.simd.BlockSimd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** An operator that only infers, with its tensors in planes or in channel blocks; numbers go in and come out in planes. */
final class InBlocks implements AutoCloseable {
    /** What lies between samples. */
    private static final int GAP = 5;

    private static final int FIRST = 3;
    private static final float GUARD = 77;

    private final CpuKernels kernels;
    private final Run run = new Run();
    private final boolean blocked;
    private final Shape input;
    private final Shape output;
    private final Region x;
    private final Region y;
    private final Kernel kernel;

    InBlocks(CpuKernels kernels, boolean blocked, Op op, Optional<Op> activation, Shape input, int capacity) {
        this(kernels, blocked, op, activation, input, capacity, false);
    }

    /**
     * Binds it.
     *
     * @param inPlace whether the output takes the input's place
     */
    InBlocks(
            CpuKernels kernels,
            boolean blocked,
            Op op,
            Optional<Op> activation,
            Shape input,
            int capacity,
            boolean inPlace) {
        this.kernels = kernels;
        this.blocked = blocked;
        this.input = input;
        try {
            output = op.def().infer(op, List.of(input), Findings.NONE);
        } catch (Misfit misfit) {
            throw new IllegalArgumentException(misfit);
        }
        x = region(input, capacity);
        y = inPlace ? x : region(output, capacity);
        List<ParameterOperand> parameters = new ArrayList<>();
        Random random = new Random(9);
        for (Parameter parameter : op.def().parameters(op, List.of(input), output)) {
            int size = (int) parameter.shape().size();
            Region value = new Region(kernels.allocate("test", size), 0, 0);
            float[] numbers = new float[size];
            for (int i = 0; i < size; i++) {
                numbers[i] = .5f + random.nextFloat();
            }
            value.memory().write(0, numbers, 0, size);
            parameters.add(new ParameterOperand(parameter, value, null));
        }
        kernel = kernels.bind(new Binding(
                "test",
                op,
                activation,
                List.of(new Operand(input, x, null)),
                new Operand(output, y, null),
                parameters,
                Optional.empty(),
                Optional.empty(),
                capacity,
                0));
        if (blocked) {
            ((Blockable) kernel).lay(true, true);
        }
        kernels.ready();
    }

    private Region region(Shape shape, int capacity) {
        int stride = (int) shape.size() + GAP;
        Memory memory = kernels.allocate("test", FIRST + (long) capacity * stride);
        memory.fill(0, memory.length(), GUARD);
        return new Region(memory, FIRST, stride);
    }

    boolean canBlock() {
        return kernel instanceof Blockable blockable && blockable.canBlock();
    }

    /** The output's shape. */
    Shape output() {
        return output;
    }

    /** The outputs of some samples. */
    float[] forward(float[] planes, int samples) {
        int size = (int) input.size();
        for (int sample = 0; sample < samples; sample++) {
            float[] one = new float[size];
            move(planes, sample * size, input, one, 0, true);
            x.memory().write(x.at(sample), one, 0, size);
        }
        forward(samples);
        int outputSize = (int) output.size();
        float[] found = new float[samples * outputSize];
        for (int sample = 0; sample < samples; sample++) {
            float[] one = new float[outputSize];
            y.memory().read(y.at(sample), one, 0, outputSize);
            move(one, 0, output, found, sample * outputSize, false);
        }
        checkGuards(outputSize, samples);
        return found;
    }

    /** Once more, with what is there. */
    void forward(int samples) {
        kernel.forward(run.set(samples, false, 0, 0));
    }

    private void checkGuards(int size, int samples) {
        float[] guard = new float[GAP];
        for (int sample = 0; sample < samples; sample++) {
            y.memory().read(y.at(sample) + size, guard, 0, GAP);
            for (float one : guard) {
                if (one != GUARD) {
                    throw new AssertionError("written behind the end of sample " + sample);
                }
            }
        }
    }

    /** From planes to the order of the tensors here, or back. */
    private void move(float[] from, int fromAt, Shape shape, float[] to, int toAt, boolean in) {
        int area = shape.area();
        for (int c = 0; c < shape.channels(); c++) {
            for (int i = 0; i < area; i++) {
                int plane = c * area + i;
                int block = (c / BlockSimd.SIZE * area + i) * BlockSimd.SIZE + c % BlockSimd.SIZE;
                int here = blocked ? block : plane;
                to[toAt + (in ? here : plane)] = from[fromAt + (in ? plane : here)];
            }
        }
    }

    @Override
    public void close() {
        kernels.close();
    }
}
