package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.ops.LogSoftmax;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Optional;

/** Softmax and its logarithm, with the kernels of {@code softmax.cl}. */
final class SoftmaxOperators {
    private static final String FILE = "softmax.cl";

    private SoftmaxOperators() {}

    /** Binds either. */
    static Kernel softmax(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        ChannelRows rows = new ChannelRows(binding.input().shape(), work);
        Optional<Target> dx = regions.inputGradient(0);
        Defines defines = rows.defines().with("LOGARITHM", binding.op() instanceof LogSoftmax);
        DeviceRegion y = regions.output();
        ClKernel forward = work.kernel(FILE, defines, "softmax_forward");
        forward.setFirst(regions.input(0), y);
        if (dx.isEmpty()) {
            return new Steps(List.of(rows.launch(forward)), List.of());
        }
        ClKernel backward = work.kernel(FILE, defines, "softmax_backward");
        int next = backward.setFirst(
                regions.outputGradient().orElseThrow(), y, dx.get().region());
        backward.set(next, dx.get().accumulate());
        return new Steps(List.of(rows.launch(forward)), List.of(rows.launch(backward)));
    }
}
