package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Interpolation;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Upsample;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Optional;

/** Upsampling: by interpolation with the kernels of {@code bilinear.cl}, else as what only moves elements. */
final class BilinearOperator {
    private static final String FILE = "bilinear.cl";

    private BilinearOperator() {}

    /** For either mode. */
    static Kernel bind(Binding binding, ClWork work) {
        Upsample op = (Upsample) binding.op();
        if (op.mode() == Interpolation.NEAREST) {
            return RearrangeOperators.rearrange(binding, work);
        }
        BoundRegions regions = new BoundRegions(binding, work);
        Shape shape = binding.input().shape();
        Defines defines = new Defines()
                .with("CHANNELS", shape.channels())
                .with("HEIGHT", shape.height())
                .with("WIDTH", shape.width())
                .with("SCALE_H", op.scale().height())
                .with("SCALE_W", op.scale().width());
        DeviceRegion y = regions.output();
        ClKernel forward = work.kernel(FILE, defines, "bilinear_forward");
        forward.setFirst(regions.input(0), y);
        Step upwards = work.elements(forward, y);
        Optional<Target> dx = regions.inputGradient(0);
        if (dx.isEmpty()) {
            return new Steps(List.of(upwards), List.of());
        }
        ClKernel backward = work.kernel(FILE, defines, "bilinear_backward");
        DeviceRegion target = dx.get().region();
        int next = backward.setFirst(regions.outputGradient().orElseThrow(), target);
        backward.set(next, dx.get().accumulate());
        return new Steps(List.of(upwards), List.of(work.elements(backward, target)));
    }
}
