package dev.fovea.cli;

import dev.fovea.ops.recipe.Optimizer;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.ClassCounts;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.kernels.Memory;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Update;
import dev.fovea.runtime.kernels.UpdateBinding;
import dev.fovea.runtime.kernels.UpdateBinding.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A device whose work is timed piece by piece when it is asked for, for devices that have done what they are told when the call returns:
 * all threads of the CPU work on one kernel at a time, so the time of the caller is that of the kernel.
 */
final class ProfiledKernels implements Kernels {
    private final Kernels device;
    private final StepClock clock;
    private final List<ProfiledKernel> kernels = new ArrayList<>();
    private boolean timing;

    /**
     * Takes over a device.
     *
     * @param nanoseconds a clock such as {@link System#nanoTime}
     */
    ProfiledKernels(Kernels device, LongSupplier nanoseconds) {
        this.device = device;
        this.clock = new StepClock(nanoseconds);
    }

    /**
     * Times the work of some steps, after a few more that warm up.
     *
     * @param batch samples in a step
     * @param steps at least one
     */
    StepProfile profile(int batch, int steps, Runnable step) {
        kernels.forEach(kernel -> kernel.begin(batch));
        timing = true;
        try {
            clock.run(Math.max(1, steps / 10), step);
            clock.run(steps, step);
            return clock.profile();
        } finally {
            timing = false;
            kernels.forEach(ProfiledKernel::end);
        }
    }

    /** All kernels that have been bound, in order. */
    List<ProfiledKernel> kernels() {
        return List.copyOf(kernels);
    }

    @Override
    public String description() {
        return device.description() + ", profiled";
    }

    @Override
    public Memory allocate(String purpose, long floats) {
        return device.allocate(purpose, floats);
    }

    @Override
    public Memory allocateInPieces(String purpose, long floats) {
        return device.allocateInPieces(purpose, floats);
    }

    @Override
    public boolean keepsSamplesTogether() {
        return device.keepsSamplesTogether();
    }

    @Override
    public Kernel bind(Binding binding) {
        ProfiledKernel kernel = new ProfiledKernel(device.bind(binding), binding, clock);
        kernels.add(kernel);
        return kernel;
    }

    /** A gradient is read; a parameter and what the optimizer keeps of it are read and written. */
    @Override
    public Update bind(Optimizer optimizer, UpdateBinding binding) {
        Update update = device.bind(optimizer, binding);
        long moved = binding.ranges().stream().mapToLong(Range::length).sum() * (3 + 2L * optimizer.slots());
        StepWork work = StepWork.ofParameters(optimizer.def().name(), "update");
        return (learningRate, step) -> {
            if (timing) {
                timed(work, moved, () -> update.apply(learningRate, step));
            } else {
                update.apply(learningRate, step);
            }
        };
    }

    @Override
    public double sumOfSquares(Memory memory, long offset, long length) {
        if (!timing) {
            return device.sumOfSquares(memory, offset, length);
        }
        long begin = clock.now();
        double sum = device.sumOfSquares(memory, offset, length);
        clock.did(StepWork.ofParameters("sum of squares", ""), begin, 0, 0, (double) Float.BYTES * length);
        return sum;
    }

    @Override
    public void scale(Memory memory, long offset, long length, float factor) {
        if (timing) {
            timed(StepWork.ofParameters("scaling", ""), 2 * length, () -> device.scale(memory, offset, length, factor));
        } else {
            device.scale(memory, offset, length, factor);
        }
    }

    @Override
    public void clamp(Memory memory, long offset, long length, float most) {
        if (timing) {
            timed(StepWork.ofParameters("clamping", ""), 2 * length, () -> device.clamp(memory, offset, length, most));
        } else {
            device.clamp(memory, offset, length, most);
        }
    }

    @Override
    public void blend(Memory target, Memory source, long offset, long length, float keep, float share) {
        if (timing) {
            timed(
                    StepWork.ofParameters("blending", ""),
                    (keep == 0 ? 2 : 3) * length,
                    () -> device.blend(target, source, offset, length, keep, share));
        } else {
            device.blend(target, source, offset, length, keep, share);
        }
    }

    /** Called only while the time is taken: what it is given are objects, of which an ordinary step makes none. */
    private void timed(StepWork what, long floats, Runnable work) {
        long begin = clock.now();
        work.run();
        clock.did(what, begin, 0, 0, (double) Float.BYTES * floats);
    }

    @Override
    public Optional<ClassCounts> classCounts(Operand prediction, Operand target, int capacity, boolean pairs) {
        return device.classCounts(prediction, target, capacity, pairs);
    }

    @Override
    public boolean sharesMemory() {
        return device.sharesMemory();
    }

    @Override
    public void infers(List<Operand> results) {
        device.infers(results);
    }

    @Override
    public void trains(List<Operand> results) {
        device.trains(results);
    }

    @Override
    public void ready() {
        device.ready();
    }

    @Override
    public void writeAhead(long floats) {
        device.writeAhead(floats);
    }

    @Override
    public long workspaceBytes() {
        return device.workspaceBytes();
    }

    @Override
    public void finish() {
        device.finish();
    }

    @Override
    public void close() {
        device.close();
    }
}
