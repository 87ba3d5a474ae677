package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.ops.AvgPool;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Optional;

/** Pooling, with the kernels of {@code pooling.cl}. */
final class PoolingOperators {
    private static final String FILE = "pooling.cl";

    private PoolingOperators() {}

    /** The largest of each window; what is saved is where it stood in its channel. */
    static Kernel max(Binding binding, ClWork work) {
        return max(binding, ((MaxPool) binding.op()).window(binding.input().shape()), work);
    }

    /** The largest of each channel: of a single window over all of it. */
    static Kernel globalMax(Binding binding, ClWork work) {
        return max(binding, whole(binding.input().shape()), work);
    }

    private static Kernel max(Binding binding, Window window, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        Shape input = binding.input().shape();
        DeviceRegion y = regions.output();
        Optional<DeviceRegion> winners = regions.saved(y.size());
        Optional<Target> dx = regions.inputGradient(0);
        Defines defines = defines(window, input).with("COUNT_PAD", false).with("SAVE", winners.isPresent());
        ClKernel forward = work.kernel(FILE, defines, "max_forward");
        forward.setFirst(regions.input(0), y, winners.orElse(y));
        if (dx.isEmpty() || winners.isEmpty()) {
            return new Steps(List.of(work.elements(forward, y)), List.of());
        }
        DeviceRegion target = dx.get().region();
        ClKernel backward = work.kernel(FILE, defines, "max_backward");
        int next = backward.setFirst(regions.outputGradient().orElseThrow(), target, winners.get());
        backward.set(next, dx.get().accumulate());
        return new Steps(List.of(work.elements(forward, y)), List.of(work.elements(backward, target)));
    }

    /** The mean of each window. */
    static Kernel mean(Binding binding, ClWork work) {
        AvgPool pool = (AvgPool) binding.op();
        return mean(binding, pool.window(binding.input().shape()), pool.countIncludePad(), work);
    }

    /** The mean of each channel: of a single window over all of it. */
    static Kernel globalMean(Binding binding, ClWork work) {
        return mean(binding, whole(binding.input().shape()), false, work);
    }

    private static Window whole(Shape input) {
        return new Window(whole(input.height()), whole(input.width()));
    }

    private static Window.Axis whole(int extent) {
        return new Window.Axis(extent, extent, 1, 1, 0, 0, 1);
    }

    private static Kernel mean(Binding binding, Window window, boolean countPad, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        DeviceRegion y = regions.output();
        Optional<Target> dx = regions.inputGradient(0);
        Defines defines = defines(window, binding.input().shape())
                .with("COUNT_PAD", countPad)
                .with("SAVE", false);
        ClKernel forward = work.kernel(FILE, defines, "mean_forward");
        forward.setFirst(regions.input(0), y);
        if (dx.isEmpty()) {
            return new Steps(List.of(work.elements(forward, y)), List.of());
        }
        DeviceRegion target = dx.get().region();
        ClKernel backward = work.kernel(FILE, defines, "mean_backward");
        int next = backward.setFirst(regions.outputGradient().orElseThrow(), target);
        backward.set(next, dx.get().accumulate());
        return new Steps(List.of(work.elements(forward, y)), List.of(work.elements(backward, target)));
    }

    private static Defines defines(Window window, Shape input) {
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        return new Defines()
                .with("CHANNELS", input.channels())
                .with("HEIGHT", rows.input())
                .with("WIDTH", columns.input())
                .with("OUT_HEIGHT", rows.output())
                .with("OUT_WIDTH", columns.output())
                .with("KERNEL_H", rows.kernel())
                .with("KERNEL_W", columns.kernel())
                .with("STRIDE_H", rows.stride())
                .with("STRIDE_W", columns.stride())
                .with("DILATION_H", rows.dilation())
                .with("DILATION_W", columns.dilation())
                .with("TOP", rows.before())
                .with("BOTTOM", rows.after())
                .with("LEFT", columns.before())
                .with("RIGHT", columns.after());
    }
}
