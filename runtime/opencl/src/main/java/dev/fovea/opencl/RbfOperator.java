package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Optional;

/** {@link dev.fovea.ops.Rbf}, with the kernels of {@code rbf.cl}. */
final class RbfOperator {
    private static final String FILE = "rbf.cl";

    private RbfOperator() {}

    static Kernel bind(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        Defines defines = new Defines()
                .with("INPUTS", binding.input().shape().channels())
                .with("UNITS", binding.output().shape().channels());
        DeviceRegion x = regions.input(0);
        DeviceRegion codes = regions.parameter(0);
        ClKernel forward = work.kernel(FILE, defines, "rbf_forward");
        forward.setFirst(x, regions.output(), codes);
        Optional<Target> dx = regions.inputGradient(0);
        if (dx.isEmpty()) {
            return new Steps(List.of(regions.elements(forward, regions.output())), List.of());
        }
        ClKernel backward = work.kernel(FILE, defines, "rbf_input");
        int next = backward.setFirst(
                x, regions.outputGradient().orElseThrow(), dx.get().region(), codes);
        backward.set(next, dx.get().accumulate());
        return new Steps(
                List.of(regions.elements(forward, regions.output())),
                List.of(regions.elements(backward, dx.get().region())));
    }
}
