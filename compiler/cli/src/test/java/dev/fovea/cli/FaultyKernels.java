package dev.fovea.cli;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import java.util.ArrayList;
import java.util.List;

/** A device that is right but in one place: some tensor comes out a fifth of a per cent too large. */
final class FaultyKernels implements Kernels {
    private static final float FACTOR = 1.002f;

    private final Kernels healthy;
    private final Fault fault;
    private final List<Written> written = new ArrayList<>();

    /** What may be wrong. */
    enum Kind {
        /** What some layer writes forward. */
        VALUE,

        /** A gradient that some layer writes backward. */
        GRADIENT,

        /** What the optimizer keeps from step to step. */
        MOMENTUM,

        /** Nothing. */
        NONE
    }

    /**
     * The one place.
     *
     * @param number of the tensor among those of this kind, in the order in which they are bound
     */
    record Fault(Kind kind, int number) {}

    /**
     * A tensor that some layer writes.
     *
     * @param layer its name
     * @param size elements a sample
     */
    record Written(Kind kind, String layer, Region region, long size) {}

    /** Takes over a device. */
    FaultyKernels(Kernels healthy, Fault fault) {
        this.healthy = healthy;
        this.fault = fault;
    }

    /** How many tensors of a kind the layers write. */
    int count(Kind kind) {
        return (int) written.stream().filter(tensor -> tensor.kind() == kind).count();
    }

    /** The name of the layer with the fault. */
    String faultyLayer() {
        return written.stream()
                .filter(tensor -> tensor.kind() == fault.kind())
                .skip(fault.number())
                .findFirst()
                .orElseThrow()
                .layer();
    }

    @Override
    public Kernel bind(Binding binding) {
        Kernel kernel = healthy.bind(binding);
        long size = binding.output().shape().size();
        List<Written> spoilt = new ArrayList<>();
        spoilt.addAll(
                added(new Written(Kind.VALUE, binding.name(), binding.output().value(), size)));
        binding.inputs().forEach(input -> {
            if (input.gradient() != null) {
                Region region = input.gradient().region();
                spoilt.addAll(added(new Written(
                        Kind.GRADIENT, binding.name(), region, input.shape().size())));
            }
        });
        binding.parameters().forEach(parameter -> {
            if (parameter.gradient() != null) {
                Region region = parameter.gradient().region();
                long elements = parameter.parameter().shape().size();
                spoilt.addAll(added(new Written(Kind.GRADIENT, binding.name(), region, elements)));
            }
        });
        return spoilt.isEmpty() ? kernel : new Faulty(healthy, kernel, spoilt.get(0));
    }

    /** Remembers it; empty unless it is the one with the fault. */
    private List<Written> added(Written tensor) {
        int number = count(tensor.kind());
        written.add(tensor);
        return fault.kind() == tensor.kind() && fault.number() == number ? List.of(tensor) : List.of();
    }

    private record Faulty(Kernels device, Kernel kernel, Written spoilt) implements Kernel {
        @Override
        public void forward(Run run) {
            kernel.forward(run);
            if (spoilt.kind() == Kind.VALUE) {
                spoil(run.batch());
            }
        }

        @Override
        public void backward(Run run) {
            kernel.backward(run);
            if (spoilt.kind() == Kind.GRADIENT) {
                spoil(run.batch());
            }
        }

        private void spoil(int batch) {
            Region region = spoilt.region();
            for (int i = 0; i < (region.stride() == 0 ? 1 : batch); i++) {
                device.scale(region.memory(), region.at(i), spoilt.size(), FACTOR);
            }
        }
    }

    @Override
    public Update bind(Optimizer optimizer, UpdateBinding binding) {
        Update update = healthy.bind(optimizer, binding);
        return (learningRate, step) -> {
            update.apply(learningRate, step);
            if (fault.kind() == Kind.MOMENTUM) {
                healthy.scale(binding.state(), 0, binding.state().length(), FACTOR);
            }
        };
    }

    @Override
    public String description() {
        return healthy.description() + " with a fault";
    }

    @Override
    public Memory allocate(String purpose, long floats) {
        return healthy.allocate(purpose, floats);
    }

    @Override
    public double sumOfSquares(Memory memory, long offset, long length) {
        return healthy.sumOfSquares(memory, offset, length);
    }

    @Override
    public void scale(Memory memory, long offset, long length, float factor) {
        healthy.scale(memory, offset, length, factor);
    }

    @Override
    public void clamp(Memory memory, long offset, long length, float most) {
        healthy.clamp(memory, offset, length, most);
    }

    @Override
    public void blend(Memory target, Memory source, long offset, long length, float keep, float share) {
        healthy.blend(target, source, offset, length, keep, share);
    }

    @Override
    public void infers(List<Operand> results) {
        healthy.infers(results);
    }

    @Override
    public void trains(List<Operand> results) {
        healthy.trains(results);
    }

    @Override
    public void ready() {
        healthy.ready();
    }

    @Override
    public long workspaceBytes() {
        return healthy.workspaceBytes();
    }

    @Override
    public void finish() {
        healthy.finish();
    }

    @Override
    public void close() {
        healthy.close();
    }
}
