package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.MaxUnpool;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link MaxUnpool}, with the kernels of {@code unpool.cl}. The winners are saved, or at inference in the workspace. */
final class UnpoolOperator {
    private static final String FILE = "unpool.cl";

    private UnpoolOperator() {}

    static Kernel bind(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        Shape output = binding.output().shape();
        Window window = ((MaxUnpool) binding.op()).pool().window(output);
        Defines defines = new Defines().with("CHANNELS", output.channels()).with(window.rows(), window.columns());
        DeviceRegion x = regions.input(0);
        DeviceRegion y = regions.output();
        ClKernel winners = work.kernel(FILE, defines, "unpool_winners");
        ClKernel forward = work.kernel(FILE, defines, "unpool_forward");
        int winnersAt = winners.setFirst(regions.input(1));
        int readAt = forward.setFirst(x, y);
        Optional<DeviceRegion> saved = regions.saved(x.size());
        if (saved.isPresent()) {
            winners.set(winnersAt, saved.get());
            forward.set(readAt, saved.get());
        } else {
            toScratch(work, winners, winnersAt, x.size(), binding.capacity());
            toScratch(work, forward, readAt, x.size(), binding.capacity());
        }
        List<Step> forwards = List.of(regions.elements(winners, x), regions.elements(forward, y));
        Optional<Target> dx = regions.inputGradient(0);
        List<Step> backwards = new ArrayList<>();
        regions.inputGradient(1).filter(origin -> !origin.accumulate()).ifPresent(origin -> {
            ClKernel clear = work.kernel(FILE, defines, "unpool_clear");
            clear.setFirst(origin.region());
            backwards.add(regions.elements(clear, origin.region()));
        });
        if (dx.isEmpty() || saved.isEmpty()) {
            return new Steps(forwards, backwards);
        }
        ClKernel backward = work.kernel(FILE, defines, "unpool_backward");
        int next = backward.setFirst(
                regions.outputGradient().orElseThrow(), dx.get().region(), saved.get());
        backward.set(next, dx.get().accumulate());
        backwards.add(regions.elements(backward, dx.get().region()));
        return new Steps(forwards, backwards);
    }

    private static void toScratch(ClWork work, ClKernel kernel, int argument, long size, int capacity) {
        work.scratch().give(kernel, argument, size * capacity);
        kernel.set(argument + 1, 0L).set(argument + 2, size);
    }
}
