package dev.fovea.opencl;

import dev.fovea.ops.AvgPool;
import dev.fovea.ops.MaxPool;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Window;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;

/** Pooling, with the kernels of {@code pooling.cl}. */
final class PoolingOperators {
    private static final String FILE = "pooling.cl";

    private PoolingOperators() {}

    /** The largest of each window. */
    static Kernel max(Binding binding, ClWork work) {
        Shape input = binding.input().shape();
        return Pooling.max(FILE, defines(input, ((MaxPool) binding.op()).window(input), false), binding, work);
    }

    /** The largest of each channel: of a single window over all of it. */
    static Kernel globalMax(Binding binding, ClWork work) {
        Shape input = binding.input().shape();
        return Pooling.max(FILE, defines(input, whole(input), false), binding, work);
    }

    /** The mean of each window. */
    static Kernel mean(Binding binding, ClWork work) {
        Shape input = binding.input().shape();
        AvgPool pool = (AvgPool) binding.op();
        return Pooling.mean(FILE, defines(input, pool.window(input), pool.countIncludePad()), binding, work);
    }

    /** The mean of each channel: of a single window over all of it. */
    static Kernel globalMean(Binding binding, ClWork work) {
        Shape input = binding.input().shape();
        return Pooling.mean(FILE, defines(input, whole(input), false), binding, work);
    }

    private static Window whole(Shape input) {
        return new Window(whole(input.height()), whole(input.width()));
    }

    private static Window.Axis whole(int extent) {
        return new Window.Axis(extent, extent, 1, 1, 0, 0, 1);
    }

    private static Defines defines(Shape input, Window window, boolean countPad) {
        return new Defines()
                .with("CHANNELS", input.channels())
                .with(window.rows(), window.columns())
                .with("BOTTOM", window.rows().after())
                .with("RIGHT", window.columns().after())
                .with("COUNT_PAD", countPad);
    }
}
