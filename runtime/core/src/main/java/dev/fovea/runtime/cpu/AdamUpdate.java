package dev.fovea.runtime.cpu;

import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.AdamW;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.simd.Simd;

/** {@link Adam}, and {@link AdamW}, which first shrinks the parameters. */
final class AdamUpdate implements Update {
    private final Adam adam;
    private final UpdateBinding binding;
    private final Simd simd;
    private final UpdateSweep sweep;
    private final float ownDecay;
    private float rate;
    private float scale;
    private float kept;

    AdamUpdate(Optimizer optimizer, UpdateBinding binding, Cpu cpu) {
        if (optimizer instanceof AdamW apart) {
            this.adam = new Adam(apart.learningRate(), apart.beta1(), apart.beta2(), apart.eps(), 0);
            this.ownDecay = apart.weightDecay();
        } else {
            this.adam = (Adam) optimizer;
            this.ownDecay = 0;
        }
        this.binding = binding;
        this.simd = cpu.simd();
        this.sweep = new UpdateSweep(cpu.workers(), binding, this::piece);
    }

    @Override
    public void apply(float learningRate, long step) {
        double number = step + 1.0;
        rate = (float) (learningRate / (1 - StrictMath.pow(adam.beta1(), number)));
        scale = (float) (1 / Math.sqrt(1 - StrictMath.pow(adam.beta2(), number)));
        kept = (float) (1 - (double) learningRate * ownDecay);
        sweep.run();
    }

    private void piece(int offset, int length, int worker) {
        float[] state = CpuMemory.values(binding.state());
        if (ownDecay != 0) {
            simd.scale(kept, CpuMemory.values(binding.parameters()), offset, length);
        }
        simd.adam(
                rate,
                scale,
                adam.weightDecay(),
                adam.beta1(),
                adam.beta2(),
                adam.eps(),
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
