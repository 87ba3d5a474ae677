package dev.fovea.runtime.cpu;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.RmsProp;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;

/** {@link RmsProp}. */
final class RmsPropUpdate implements Update {
    private final RmsProp op;
    private final UpdateBinding binding;
    private final UpdateSweep sweep;
    private float rate;

    RmsPropUpdate(Optimizer optimizer, UpdateBinding binding, Cpu cpu) {
        this.op = (RmsProp) optimizer;
        this.binding = binding;
        this.sweep = new UpdateSweep(cpu.workers(), binding, this::piece);
    }

    @Override
    public void apply(float learningRate, long step) {
        rate = learningRate;
        sweep.run();
    }

    private void piece(int offset, int length) {
        float[] w = CpuMemory.values(binding.parameters());
        float[] gradients = CpuMemory.values(binding.gradients());
        float[] state = CpuMemory.values(binding.state());
        int slot = (int) binding.slotLength();
        int means = slot;
        int velocities = op.centered() ? 2 * slot : slot;
        float alpha = op.alpha();
        for (int i = offset; i < offset + length; i++) {
            float g = gradients[i] + op.weightDecay() * w[i];
            state[i] = alpha * state[i] + (1 - alpha) * g * g;
            float square = state[i];
            if (op.centered()) {
                float mean = alpha * state[means + i] + (1 - alpha) * g;
                state[means + i] = mean;
                square = Math.max(0, square - mean * mean);
            }
            float d = g / ((float) Math.sqrt(square) + op.eps());
            if (op.momentum() != 0) {
                d += op.momentum() * state[velocities + i];
                state[velocities + i] = d;
            }
            w[i] -= rate * d;
        }
    }
}
