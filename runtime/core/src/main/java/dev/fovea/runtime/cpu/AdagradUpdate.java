package dev.fovea.runtime.cpu;

import dev.fovea.ops.recipe.Adagrad;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;

/** {@link Adagrad}. */
final class AdagradUpdate implements Update {
    private final Adagrad op;
    private final UpdateBinding binding;
    private final UpdateSweep sweep;
    private float rate;

    AdagradUpdate(Optimizer optimizer, UpdateBinding binding, Cpu cpu) {
        this.op = (Adagrad) optimizer;
        this.binding = binding;
        this.sweep = new UpdateSweep(cpu.workers(), binding, this::piece);
    }

    @Override
    public void apply(float learningRate, long step) {
        rate = (float) (learningRate / (1 + step * (double) op.decay()));
        sweep.run();
    }

    private void piece(int offset, int length, int worker) {
        float[] w = CpuMemory.values(binding.parameters());
        float[] gradients = CpuMemory.values(binding.gradients());
        float[] state = CpuMemory.values(binding.state());
        for (int i = offset; i < offset + length; i++) {
            float g = gradients[i] + op.weightDecay() * w[i];
            state[i] += g * g;
            w[i] -= rate * g / ((float) Math.sqrt(state[i] + op.initial()) + op.eps());
        }
    }
}
