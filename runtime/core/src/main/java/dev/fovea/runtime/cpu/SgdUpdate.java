package dev.fovea.runtime.cpu;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;

/**
 * The step of {@link Sgd}, in one sweep over the parameters.
 *
 * <p>The loops are plain ones in methods of their own: HotSpot turns them into vector instructions by itself, and what they cost is the
 * memory they touch: with momentum 12 bytes read and 8 written for each parameter.
 */
final class SgdUpdate implements Update {
    private final Sgd sgd;
    private final Memory parameters;
    private final Memory gradients;
    private final Memory state;
    private final UpdateRanges ranges;
    private float rate;

    SgdUpdate(Optimizer optimizer, UpdateBinding binding, Cpu cpu) {
        sgd = (Sgd) optimizer;
        parameters = binding.parameters();
        gradients = binding.gradients();
        state = binding.state();
        ranges = new UpdateRanges(cpu.workers(), binding.ranges(), this::range);
    }

    @Override
    public void apply(float learningRate, long step) {
        rate = learningRate;
        ranges.run();
    }

    private void range(int from, int end) {
        float[] w = CpuMemory.values(parameters);
        float[] g = CpuMemory.values(gradients);
        if (sgd.momentum() == 0) {
            plain(w, g, from, end, rate, sgd.weightDecay());
            return;
        }
        float[] v = CpuMemory.values(state);
        if (sgd.nesterov()) {
            nesterov(w, g, v, from, end, rate, sgd.momentum(), sgd.weightDecay());
        } else {
            momentum(w, g, v, from, end, rate, sgd.momentum(), sgd.weightDecay());
        }
    }

    private static void plain(float[] w, float[] g, int from, int end, float rate, float decay) {
        for (int i = from; i < end; i++) {
            w[i] -= rate * (g[i] + decay * w[i]);
        }
    }

    private static void momentum(
            float[] w, float[] g, float[] v, int from, int end, float rate, float momentum, float decay) {
        for (int i = from; i < end; i++) {
            float velocity = momentum * v[i] + (g[i] + decay * w[i]);
            v[i] = velocity;
            w[i] -= rate * velocity;
        }
    }

    private static void nesterov(
            float[] w, float[] g, float[] v, int from, int end, float rate, float momentum, float decay) {
        for (int i = from; i < end; i++) {
            float gradient = g[i] + decay * w[i];
            float velocity = momentum * v[i] + gradient;
            v[i] = velocity;
            w[i] -= rate * (gradient + momentum * velocity);
        }
    }
}
