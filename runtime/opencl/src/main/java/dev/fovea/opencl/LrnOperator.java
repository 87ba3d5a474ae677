package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.ops.Lrn;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Optional;

/** Local response normalisation, with the kernels of {@code lrn.cl}. */
final class LrnOperator {
    private static final String FILE = "lrn.cl";

    private LrnOperator() {}

    static Kernel bind(Binding binding, ClWork work) {
        Lrn op = (Lrn) binding.op();
        BoundRegions regions = new BoundRegions(binding, work);
        Shape shape = binding.input().shape();
        Defines defines = new Defines()
                .with("CHANNELS", shape.channels())
                .with("AREA", shape.area())
                .with("HALF", op.size() / 2)
                .with("SCALE", op.scale())
                .with("BETA", op.beta())
                .with("OFFSET", op.k());
        DeviceRegion x = regions.input(0);
        DeviceRegion y = regions.output();
        ClKernel forward = work.kernel(FILE, defines, "lrn_forward");
        forward.setFirst(x, y);
        Optional<Target> dx = regions.inputGradient(0);
        if (dx.isEmpty()) {
            return new Steps(List.of(work.elements(forward, y)), List.of());
        }
        DeviceRegion dy = regions.outputGradient().orElseThrow();
        DeviceRegion target = dx.get().region();
        long room = shape.size() * binding.capacity();
        ClKernel couplings = work.kernel(FILE, defines, "lrn_couplings");
        work.scratch().give(couplings, couplings.setFirst(dy, x), room);
        ClKernel backward = work.kernel(FILE, defines, "lrn_backward");
        int next = backward.setFirst(dy, x, target);
        work.scratch().give(backward, next, room);
        backward.set(next + 1, dx.get().accumulate());
        return new Steps(
                List.of(work.elements(forward, y)),
                List.of(work.elements(couplings, target), work.elements(backward, target)));
    }
}
