package dev.fovea.runtime.train;

import dev.fovea.ops.Op;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tensors and kernels that a layer-wise step has beside the model's. */
final class StageKernels implements AutoCloseable {
    /** Below the numbers of the model's operators and of its losses. */
    private static final int FIRST_STREAM = -1_000_000;

    private final Kernels kernels;
    private final String layer;
    private final int capacity;
    private final List<Memory> memories = new ArrayList<>();
    private int bound;

    /**
     * @param layer the layer that is trained, for messages
     * @param capacity the largest batch
     */
    StageKernels(Kernels kernels, String layer, int capacity) {
        this.kernels = kernels;
        this.layer = layer;
        this.capacity = capacity;
    }

    /** Room for a value a sample. */
    Operand tensor(String purpose, Shape shape) {
        return new Operand(shape, region(purpose, shape.size()), null);
    }

    /** Room for a value and its gradient, which the first kernel of the backward pass writes. */
    Operand trained(String purpose, Shape shape) {
        Region gradient = region("the gradient of " + purpose, shape.size());
        return new Operand(shape, region(purpose, shape.size()), new Gradient(gradient, false));
    }

    /** A kernel from one tensor to another. */
    Kernel bind(Op op, List<Operand> inputs, Operand output, List<ParameterOperand> parameters) {
        List<Shape> shapes = inputs.stream().map(Operand::shape).toList();
        Saved saved = op.def().saved(op, shapes, output.shape());
        return kernels.bind(new Binding(
                layer + " (" + op.name() + ")",
                op,
                Optional.empty(),
                inputs,
                output,
                parameters,
                saved.perSample() > 0
                        ? Optional.of(region("what backward reads", saved.perSample()))
                        : Optional.empty(),
                saved.perBatch() > 0 ? Optional.of(once("what backward reads", saved.perBatch())) : Optional.empty(),
                capacity,
                FIRST_STREAM - bound++));
    }

    /** Whether the device is this machine's processor. */
    boolean onCpu() {
        return kernels instanceof CpuKernels;
    }

    int capacity() {
        return capacity;
    }

    private Region region(String purpose, long floats) {
        return new Region(allocate(purpose, floats * capacity), 0, floats);
    }

    private Region once(String purpose, long floats) {
        return new Region(allocate(purpose, floats), 0, 0);
    }

    private Memory allocate(String purpose, long floats) {
        Memory memory = kernels.allocate(purpose + " of `" + layer + "`", floats);
        memories.add(memory);
        return memory;
    }

    @Override
    public void close() {
        memories.forEach(Memory::close);
    }
}
