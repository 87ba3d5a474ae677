package dev.fovea.runtime.cpu;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.ops.recipe.RmsProp;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.simd.Simd;

/** {@link RmsProp}. */
final class RmsPropUpdate implements Update {
    /** Floats of a range, so that its directions stay in the first-level cache. */
    private static final int LONGEST = 2048;

    private final RmsProp op;
    private final UpdateBinding binding;
    private final Simd simd;
    private final Scratch scratch;
    private final UpdateSweep sweep;
    private float rate;

    RmsPropUpdate(Optimizer optimizer, UpdateBinding binding, Cpu cpu) {
        this.op = (RmsProp) optimizer;
        this.binding = binding;
        this.simd = cpu.simd();
        this.scratch = cpu.scratch(LONGEST);
        this.sweep = new UpdateSweep(cpu.workers(), binding, this::piece);
    }

    @Override
    public void apply(float learningRate, long step) {
        rate = learningRate;
        sweep.run();
    }

    private void piece(int offset, int length, int worker) {
        for (int done = 0; done < length; done += LONGEST) {
            move(offset + done, Math.min(LONGEST, length - done), scratch.of(worker));
        }
    }

    private void move(int at, int length, float[] direction) {
        float[] w = CpuMemory.values(binding.parameters());
        float[] gradients = CpuMemory.values(binding.gradients());
        float[] state = CpuMemory.values(binding.state());
        int slot = (int) binding.slotLength();
        boolean centered = op.centered();
        simd.updates()
                .rmsDirection(
                        op.alpha(),
                        op.eps(),
                        op.weightDecay(),
                        centered,
                        gradients,
                        at,
                        state,
                        at,
                        state,
                        slot + at,
                        w,
                        at,
                        direction,
                        0,
                        length);
        if (op.momentum() == 0) {
            simd.addScaled(-rate, direction, 0, w, at, length);
        } else {
            int velocity = (centered ? 2 * slot : slot) + at;
            simd.scale(op.momentum(), state, velocity, length);
            simd.add(direction, 0, state, velocity, length);
            simd.addScaled(-rate, state, velocity, w, at, length);
        }
    }
}
