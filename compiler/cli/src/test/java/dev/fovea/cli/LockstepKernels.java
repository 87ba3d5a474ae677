package dev.fovea.cli;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two devices as one, for a model to be built on: each kernel runs on both, in memory of the same plan, and what it writes is compared.
 * The second device gets the first's values ever again, so that no difference lasts: behind each kernel, or behind each pass. All tensors are looked at, so neither is ever told that
 * only the {@linkplain Kernels#infers outputs} are, nor that {@linkplain Kernels#trains nobody looks} between kernels.
 */
final class LockstepKernels implements Kernels {
    /** How long the second device goes on from what it made itself. */
    enum Stride {
        /** One kernel: what is measured is what that kernel does to the same numbers. */
        KERNEL,

        /** A whole forward, a whole backward, an update; the caller ends the first, see {@link LockstepKernels#align}. */
        PASS
    }

    private final Kernels expected;
    private final Kernels actual;
    private final Stride stride;
    private final Comparison comparison;
    private final List<LockstepMemory> memories = new ArrayList<>();
    private @Nullable UpdateBinding update;

    /**
     * Takes over both devices.
     *
     * @param expected the device that is the measure
     * @param actual the device that is measured
     */
    LockstepKernels(Kernels expected, Kernels actual, Stride stride, Comparison comparison) {
        this.expected = expected;
        this.actual = actual;
        this.stride = stride;
        this.comparison = comparison;
    }

    /** Gives the second device all that the first has. */
    void align() {
        memories.forEach(LockstepMemory::align);
    }

    /** What the optimizer was bound to. */
    UpdateBinding update() {
        if (update == null) {
            throw new IllegalStateException("no optimizer has been bound");
        }
        return update;
    }

    @Override
    public String description() {
        return actual.description() + " in lockstep with " + expected.description();
    }

    @Override
    public Memory allocate(String purpose, long floats) {
        LockstepMemory memory =
                new LockstepMemory(expected.allocate(purpose, floats), actual.allocate(purpose, floats));
        memories.add(memory);
        return memory;
    }

    @Override
    public Kernel bind(Binding binding) {
        return new LockstepKernel(
                expected.bind(on(LockstepMemory::expected, binding)),
                actual.bind(on(LockstepMemory::actual, binding)),
                binding,
                stride,
                comparison);
    }

    @Override
    public Update bind(Optimizer optimizer, UpdateBinding binding) {
        Update first = expected.bind(optimizer, on(LockstepMemory::expected, binding));
        Update second = actual.bind(optimizer, on(LockstepMemory::actual, binding));
        update = binding;
        return (learningRate, step) -> {
            align(); // from the same gradients
            first.apply(learningRate, step);
            second.apply(learningRate, step);
        };
    }

    private static Binding on(Function<LockstepMemory, Memory> device, Binding binding) {
        return new Binding(
                binding.name(),
                binding.op(),
                binding.activation(),
                binding.inputs().stream().map(input -> on(device, input)).toList(),
                on(device, binding.output()),
                binding.parameters().stream()
                        .map(parameter -> new ParameterOperand(
                                parameter.parameter(), on(device, parameter.value()), on(device, parameter.gradient())))
                        .toList(),
                binding.saved().map(region -> on(device, region)),
                binding.savedPerBatch().map(region -> on(device, region)),
                binding.capacity(),
                binding.stream());
    }

    private static UpdateBinding on(Function<LockstepMemory, Memory> device, UpdateBinding binding) {
        return new UpdateBinding(
                device.apply((LockstepMemory) binding.parameters()),
                device.apply((LockstepMemory) binding.gradients()),
                device.apply((LockstepMemory) binding.state()),
                binding.slotLength(),
                binding.ranges());
    }

    private static Operand on(Function<LockstepMemory, Memory> device, Operand operand) {
        return new Operand(operand.shape(), on(device, operand.value()), on(device, operand.gradient()));
    }

    private static @Nullable Gradient on(Function<LockstepMemory, Memory> device, @Nullable Gradient gradient) {
        return gradient == null ? null : new Gradient(on(device, gradient.region()), gradient.accumulate());
    }

    private static Region on(Function<LockstepMemory, Memory> device, Region region) {
        return new Region(device.apply(LockstepMemory.of(region)), region.offset(), region.stride());
    }

    @Override
    public double sumOfSquares(Memory memory, long offset, long length) {
        return expected.sumOfSquares(((LockstepMemory) memory).expected(), offset, length);
    }

    @Override
    public void scale(Memory memory, long offset, long length, float factor) {
        expected.scale(((LockstepMemory) memory).expected(), offset, length, factor);
        actual.scale(((LockstepMemory) memory).actual(), offset, length, factor);
    }

    @Override
    public void clamp(Memory memory, long offset, long length, float most) {
        expected.clamp(((LockstepMemory) memory).expected(), offset, length, most);
        actual.clamp(((LockstepMemory) memory).actual(), offset, length, most);
    }

    @Override
    public void blend(Memory target, Memory source, long offset, long length, float keep, float share) {
        LockstepMemory to = (LockstepMemory) target;
        LockstepMemory from = (LockstepMemory) source;
        expected.blend(to.expected(), from.expected(), offset, length, keep, share);
        actual.blend(to.actual(), from.actual(), offset, length, keep, share);
    }

    @Override
    public void ready() {
        expected.ready();
        actual.ready();
    }

    @Override
    public long workspaceBytes() {
        return expected.workspaceBytes() + actual.workspaceBytes();
    }

    @Override
    public void finish() {
        expected.finish();
        actual.finish();
    }

    @Override
    public void close() {
        expected.close();
        actual.close();
    }
}
