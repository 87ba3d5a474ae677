package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Optional;

/** Binds the kernels that pooling over windows and over bins have under the same names. */
final class Pooling {
    private Pooling() {}

    /** The mean of each window. */
    static Kernel mean(String file, Defines defines, Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        DeviceRegion y = regions.output();
        defines.with("SAVE", false);
        ClKernel forward = work.kernel(file, defines, "mean_forward");
        forward.setFirst(regions.input(0), y);
        Optional<Target> dx = regions.inputGradient(0);
        if (dx.isEmpty()) {
            return new Steps(List.of(work.elements(forward, y)), List.of());
        }
        DeviceRegion target = dx.get().region();
        ClKernel backward = work.kernel(file, defines, "mean_backward");
        int next = backward.setFirst(regions.outputGradient().orElseThrow(), target);
        backward.set(next, dx.get().accumulate());
        return new Steps(List.of(work.elements(forward, y)), List.of(work.elements(backward, target)));
    }

    /** The largest of each window; what is saved is where it stood in its channel. */
    static Kernel max(String file, Defines defines, Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        DeviceRegion y = regions.output();
        Optional<DeviceRegion> winners = regions.saved(y.size());
        defines.with("SAVE", winners.isPresent());
        ClKernel forward = work.kernel(file, defines, "max_forward");
        forward.setFirst(regions.input(0), y, winners.orElse(y));
        Optional<Target> dx = regions.inputGradient(0);
        if (dx.isEmpty() || winners.isEmpty()) {
            return new Steps(List.of(work.elements(forward, y)), List.of());
        }
        DeviceRegion target = dx.get().region();
        ClKernel backward = work.kernel(file, defines, "max_backward");
        int next = backward.setFirst(regions.outputGradient().orElseThrow(), target, winners.get());
        backward.set(next, dx.get().accumulate());
        return new Steps(List.of(work.elements(forward, y)), List.of(work.elements(backward, target)));
    }
}
