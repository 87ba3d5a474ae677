package dev.fovea.runtime.cpu;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.simd.Simd;

/** {@link Sgd}, with and without momentum. */
final class SgdUpdate implements Update {
    private final Sgd sgd;
    private final UpdateBinding binding;
    private final Simd simd;
    private final UpdateSweep sweep;
    private float rate;

    SgdUpdate(Optimizer optimizer, UpdateBinding binding, Cpu cpu) {
        this.sgd = (Sgd) optimizer;
        this.binding = binding;
        this.simd = cpu.simd();
        this.sweep = new UpdateSweep(cpu.workers(), binding, sgd.slots() == 0 ? this::plain : this::withMomentum);
    }

    @Override
    public void apply(float learningRate, long step) {
        rate = learningRate;
        sweep.run();
    }

    private void plain(int offset, int length, int worker) {
        float[] gradients = CpuMemory.values(binding.gradients());
        float[] parameters = CpuMemory.values(binding.parameters());
        simd.descend(rate, sgd.weightDecay(), gradients, offset, parameters, offset, length);
    }

    private void withMomentum(int offset, int length, int worker) {
        simd.descend(
                rate,
                sgd.weightDecay(),
                sgd.momentum(),
                sgd.nesterov(),
                CpuMemory.values(binding.gradients()),
                offset,
                CpuMemory.values(binding.state()),
                offset,
                CpuMemory.values(binding.parameters()),
                offset,
                length);
    }
}
