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
        rate = (float) (learningRate / (1 - power(adam.beta1(), step + 1)));
        scale = (float) (1 / Math.sqrt(1 - power(adam.beta2(), step + 1)));
        kept = (float) (1 - (double) learningRate * ownDecay);
        sweep.run();
    }

    /** By squares, for StrictMath's makes arrays. Off by so many units of a double at most as the exponent says, far less than a float shows. */
    private static double power(double base, long exponent) {
        double result = 1;
        double square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result *= square;
            }
            square *= square;
        }
        return result;
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
