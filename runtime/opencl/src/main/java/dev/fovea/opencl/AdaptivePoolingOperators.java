package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Optional;

/** Pooling over bins, with the kernels of {@code adaptive_pooling.cl}. */
final class AdaptivePoolingOperators {
    private static final String FILE = "adaptive_pooling.cl";

    private AdaptivePoolingOperators() {}

    /** The mean of each bin. */
    static Kernel mean(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        DeviceRegion y = regions.output();
        Defines defines = defines(binding, false);
        ClKernel forward = work.kernel(FILE, defines, "mean_forward");
        forward.setFirst(regions.input(0), y);
        Optional<Target> dx = regions.inputGradient(0);
        if (dx.isEmpty()) {
            return new Steps(List.of(work.elements(forward, y)), List.of());
        }
        DeviceRegion target = dx.get().region();
        ClKernel backward = work.kernel(FILE, defines, "mean_backward");
        int next = backward.setFirst(regions.outputGradient().orElseThrow(), target);
        backward.set(next, dx.get().accumulate());
        return new Steps(List.of(work.elements(forward, y)), List.of(work.elements(backward, target)));
    }

    /** The largest of each bin; what is saved is where it stood in its channel. */
    static Kernel max(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        DeviceRegion y = regions.output();
        Optional<DeviceRegion> winners = regions.saved(y.size());
        Defines defines = defines(binding, winners.isPresent());
        ClKernel forward = work.kernel(FILE, defines, "max_forward");
        forward.setFirst(regions.input(0), y, winners.orElse(y));
        Optional<Target> dx = regions.inputGradient(0);
        if (dx.isEmpty() || winners.isEmpty()) {
            return new Steps(List.of(work.elements(forward, y)), List.of());
        }
        DeviceRegion target = dx.get().region();
        ClKernel backward = work.kernel(FILE, defines, "max_backward");
        int next = backward.setFirst(regions.outputGradient().orElseThrow(), target, winners.get());
        backward.set(next, dx.get().accumulate());
        return new Steps(List.of(work.elements(forward, y)), List.of(work.elements(backward, target)));
    }

    private static Defines defines(Binding binding, boolean saves) {
        Shape input = binding.input().shape();
        Shape output = binding.output().shape();
        return new Defines()
                .with("CHANNELS", input.channels())
                .with("HEIGHT", input.height())
                .with("WIDTH", input.width())
                .with("OUT_HEIGHT", output.height())
                .with("OUT_WIDTH", output.width())
                .with("SAVE", saves);
    }
}
