package dev.fovea.testkit;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import java.util.function.UnaryOperator;

/** A device that does right but for one fault, for tests of the contract. */
record FaultyKernels(Kernels device, UnaryOperator<Binding> beforeBinding, Fault afterForward, Fault afterBackward)
        implements Kernels {

    /** What goes wrong. */
    interface Fault {
        Fault NONE = (binding, run) -> {};

        void spoil(Binding binding, Run run);
    }

    @Override
    public Kernel bind(Binding binding) {
        Kernel kernel = device.bind(beforeBinding.apply(binding));
        return new Kernel() {
            @Override
            public void forward(Run run) {
                kernel.forward(run);
                afterForward.spoil(binding, run);
            }

            @Override
            public void backward(Run run) {
                kernel.backward(run);
                afterBackward.spoil(binding, run);
            }
        };
    }

    @Override
    public String description() {
        return "faulty";
    }

    @Override
    public Memory allocate(String purpose, long floats) {
        return device.allocate(purpose, floats);
    }

    @Override
    public Update bind(Optimizer optimizer, UpdateBinding binding) {
        return device.bind(optimizer, binding);
    }

    @Override
    public double sumOfSquares(Memory memory, long offset, long length) {
        return device.sumOfSquares(memory, offset, length);
    }

    @Override
    public void scale(Memory memory, long offset, long length, float factor) {
        device.scale(memory, offset, length, factor);
    }

    @Override
    public void clamp(Memory memory, long offset, long length, float most) {
        device.clamp(memory, offset, length, most);
    }

    @Override
    public void blend(Memory target, Memory source, long offset, long length, float keep, float share) {
        device.blend(target, source, offset, length, keep, share);
    }

    @Override
    public long workspaceBytes() {
        return device.workspaceBytes();
    }

    @Override
    public void finish() {
        device.finish();
    }

    @Override
    public void close() {
        device.close();
    }
}
