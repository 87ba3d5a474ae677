package dev.fovea.runtime.cpu;

import dev.fovea.ops.recipe.Adadelta;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.simd.Simd;

/** {@link Adadelta}. */
final class AdadeltaUpdate implements Update {
    private final Adadelta op;
    private final UpdateBinding binding;
    private final Simd simd;
    private final UpdateSweep sweep;
    private float rate;

    AdadeltaUpdate(Optimizer optimizer, UpdateBinding binding, Cpu cpu) {
        this.op = (Adadelta) optimizer;
        this.binding = binding;
        this.simd = cpu.simd();
        this.sweep = new UpdateSweep(cpu.workers(), binding, this::piece);
    }

    @Override
    public void apply(float learningRate, long step) {
        rate = learningRate;
        sweep.run();
    }

    private void piece(int offset, int length, int worker) {
        float[] state = CpuMemory.values(binding.state());
        simd.updates()
                .adadelta(
                        rate,
                        op.rho(),
                        op.eps(),
                        op.weightDecay(),
                        CpuMemory.values(binding.gradients()),
                        offset,
                        state,
                        offset,
                        state,
                        (int) binding.slotLength() + offset,
                        CpuMemory.values(binding.parameters()),
                        offset,
                        length);
    }
}
