package dev.fovea.opencl;

import dev.fovea.ops.Parameter.Role;
import dev.fovea.ops.Saved;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.cpu.CpuKernels;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Gradient;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.ParameterOperand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs an operator on the CPU whose tensors are on the device. Each has a mirror on the host, and each pass brings in what
 * the operator reads and takes back what it writes, no more. What forward saves never leaves the host.
 */
final class CpuFallback implements Kernel {
    private final ClWork work;
    private final CpuKernels cpu;
    private final int capacity;
    private final Map<Region, Mirror> mirrors = new HashMap<>();
    private final List<Mirror> forwardReads = new ArrayList<>();
    private final List<Mirror> forwardWrites = new ArrayList<>();
    private final List<Mirror> states = new ArrayList<>();
    private final List<Mirror> backwardReads = new ArrayList<>();
    private final List<Mirror> backwardWrites = new ArrayList<>();
    private final Kernel kernel;

    CpuFallback(Binding binding, ClWork work, CpuKernels cpu) {
        this.work = work;
        this.cpu = cpu;
        this.capacity = binding.capacity();
        List<Operand> inputs = new ArrayList<>();
        for (Operand input : binding.inputs()) {
            Mirror value = mirror(input.value(), input.shape(), capacity);
            forwardReads.add(value);
            inputs.add(new Operand(input.shape(), value.host(), written(input.gradient(), input.shape(), capacity)));
        }
        List<ParameterOperand> parameters = new ArrayList<>();
        for (ParameterOperand operand : binding.parameters()) {
            Shape shape = operand.parameter().shape();
            Mirror value = mirror(operand.value(), shape, 1);
            forwardReads.add(value);
            if (operand.parameter().role() == Role.STATE) {
                states.add(value);
            }
            parameters.add(
                    new ParameterOperand(operand.parameter(), value.host(), written(operand.gradient(), shape, 1)));
        }
        kernel = cpu.bind(new Binding(
                binding.name(),
                binding.op(),
                binding.activation(),
                inputs,
                output(binding.output()),
                parameters,
                saved(binding, binding.saved(), capacity),
                saved(binding, binding.savedPerBatch(), 1),
                capacity,
                binding.stream()));
    }

    private Operand output(Operand output) {
        Mirror value = mirror(output.value(), output.shape(), capacity);
        forwardWrites.add(value);
        Gradient gradient = output.gradient();
        if (gradient == null) {
            return new Operand(output.shape(), value.host(), null);
        }
        Mirror gradientMirror = mirror(gradient.region(), output.shape(), capacity);
        backwardReads.add(gradientMirror);
        return new Operand(output.shape(), value.host(), new Gradient(gradientMirror.host(), gradient.accumulate()));
    }

    /** A gradient that backward writes, and where it adds to what is there reads. */
    private @Nullable Gradient written(@Nullable Gradient gradient, Shape shape, int samples) {
        if (gradient == null) {
            return null;
        }
        Mirror mirror = mirror(gradient.region(), shape, samples);
        backwardWrites.add(mirror);
        if (gradient.accumulate()) {
            backwardReads.add(mirror);
        }
        return new Gradient(mirror.host(), gradient.accumulate());
    }

    /** Memory on the host alone for what forward saves. */
    private Optional<Region> saved(Binding binding, Optional<Region> region, int samples) {
        if (region.isEmpty()) {
            return region;
        }
        Saved floats = binding.op()
                .def()
                .saved(binding.op(), binding.inputShapes(), binding.output().shape());
        long size = samples == 1 ? floats.perBatch() : floats.perSample();
        long stride = samples == 1 ? 0 : size;
        return Optional.of(new Region(cpu.allocate("what " + binding.name() + " saves", size * samples), 0, stride));
    }

    /** The mirror of a region: one for all tensors that lie in the same place. */
    private Mirror mirror(Region region, Shape shape, int samples) {
        return mirrors.computeIfAbsent(region, absent -> Mirror.of(work.region(region, shape, samples), samples, cpu));
    }

    @Override
    public void forward(Run run) {
        for (int i = 0; i < forwardReads.size(); i++) {
            forwardReads.get(i).bring(run.batch());
        }
        kernel.forward(run);
        for (int i = 0; i < forwardWrites.size(); i++) {
            forwardWrites.get(i).takeBack(run.batch());
        }
        for (int i = 0; run.training() && i < states.size(); i++) {
            states.get(i).takeBack(run.batch());
        }
    }

    @Override
    public void backward(Run run) {
        for (int i = 0; i < backwardReads.size(); i++) {
            backwardReads.get(i).bring(run.batch());
        }
        kernel.backward(run);
        for (int i = 0; i < backwardWrites.size(); i++) {
            backwardWrites.get(i).takeBack(run.batch());
        }
    }
}
