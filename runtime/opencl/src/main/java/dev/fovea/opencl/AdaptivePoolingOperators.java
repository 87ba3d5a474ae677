package dev.fovea.opencl;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;

/** Pooling over bins, with the kernels of {@code adaptive_pooling.cl}. */
final class AdaptivePoolingOperators {
    private static final String FILE = "adaptive_pooling.cl";

    private AdaptivePoolingOperators() {}

    /** The mean of each bin. */
    static Kernel mean(Binding binding, ClWork work) {
        return Pooling.mean(FILE, defines(binding), binding, work);
    }

    /** The largest of each bin. */
    static Kernel max(Binding binding, ClWork work) {
        return Pooling.max(FILE, defines(binding), binding, work);
    }

    private static Defines defines(Binding binding) {
        Shape input = binding.input().shape();
        Shape output = binding.output().shape();
        return new Defines()
                .with("CHANNELS", input.channels())
                .with("HEIGHT", input.height())
                .with("WIDTH", input.width())
                .with("OUT_HEIGHT", output.height())
                .with("OUT_WIDTH", output.width());
    }
}
