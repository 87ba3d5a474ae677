package dev.fovea.runtime.cpu;

import dev.fovea.ops.recipe.Adam;
import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;

/**
 * The step of {@link Adam}. Each range is swept three times while it is in the cache: HotSpot turns a plain loop into vector instructions by
 * itself only where it writes one place of an array. 16 bytes are read and 12 written for each parameter.
 */
final class AdamUpdate implements Update {
    private final Adam adam;
    private final Memory parameters;
    private final Memory gradients;
    private final Memory state;
    private final int slotLength;
    private final UpdateRanges ranges;
    private float rate;
    private float meanScale;
    private float squareScale;

    AdamUpdate(Optimizer optimizer, UpdateBinding binding, Cpu cpu) {
        adam = (Adam) optimizer;
        parameters = binding.parameters();
        gradients = binding.gradients();
        state = binding.state();
        slotLength = Math.toIntExact(binding.slotLength());
        ranges = new UpdateRanges(cpu.workers(), binding.ranges(), this::range);
    }

    @Override
    public void apply(float learningRate, long step) {
        rate = learningRate;
        meanScale = (float) (1 / (1 - StrictMath.pow(adam.beta1(), step + 1.0)));
        squareScale = (float) (1 / (1 - StrictMath.pow(adam.beta2(), step + 1.0)));
        ranges.run();
    }

    private void range(int from, int end) {
        float[] w = CpuMemory.values(parameters);
        float[] g = CpuMemory.values(gradients);
        float[] slots = CpuMemory.values(state);
        mean(w, g, slots, from, end, adam.beta1(), adam.weightDecay());
        square(w, g, slots, slotLength, from, end, adam.beta2(), adam.weightDecay());
        step(w, slots, slotLength, from, end, rate * meanScale, squareScale, adam.eps());
    }

    private static void mean(float[] w, float[] g, float[] slots, int from, int end, float keep, float decay) {
        for (int i = from; i < end; i++) {
            slots[i] = keep * slots[i] + (1 - keep) * (g[i] + decay * w[i]);
        }
    }

    private static void square(
            float[] w, float[] g, float[] slots, int slot, int from, int end, float keep, float decay) {
        for (int i = from; i < end; i++) {
            float gradient = g[i] + decay * w[i];
            slots[slot + i] = keep * slots[slot + i] + (1 - keep) * gradient * gradient;
        }
    }

    private static void step(
            float[] w, float[] slots, int slot, int from, int end, float rate, float squareScale, float eps) {
        for (int i = from; i < end; i++) {
            w[i] -= rate * slots[i] / ((float) Math.sqrt(slots[slot + i] * squareScale) + eps);
        }
    }
}
