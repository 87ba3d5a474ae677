package dev.fovea.runtime.cpu;

import dev.fovea.ops.recipe.Adadelta;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;

/** {@link Adadelta}. */
final class AdadeltaUpdate implements Update {
    private final Adadelta op;
    private final UpdateBinding binding;
    private final UpdateSweep sweep;
    private float rate;

    AdadeltaUpdate(Optimizer optimizer, UpdateBinding binding, Cpu cpu) {
        this.op = (Adadelta) optimizer;
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
        int second = (int) binding.slotLength();
        float rho = op.rho();
        for (int i = offset; i < offset + length; i++) {
            float g = gradients[i] + op.weightDecay() * w[i];
            state[i] = rho * state[i] + (1 - rho) * g * g;
            float before = state[second + i];
            float d = (float) Math.sqrt(before + op.eps()) / (float) Math.sqrt(state[i] + op.eps()) * g;
            state[second + i] = rho * before + (1 - rho) * d * d;
            w[i] -= rate * d;
        }
    }
}
