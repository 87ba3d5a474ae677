package dev.fovea.opencl;

import static java.util.Map.entry;

import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Gelu;
import dev.fovea.ops.HardSwish;
import dev.fovea.ops.Op;
import dev.fovea.ops.Silu;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Map;

/** Activations whose backward needs their input, with the kernels of {@code curves.cl}. */
final class CurveOperators {
    private static final String FILE = "curves.cl";

    /** The numbers they have there. */
    private static final Map<Class<? extends Op>, Integer> CODES =
            Map.ofEntries(entry(Gelu.class, 1), entry(HardSwish.class, 2), entry(Silu.class, 3));

    private CurveOperators() {}

    /** Binds one of them. */
    static Kernel bind(Binding binding, ClWork work) {
        Integer code = CODES.get(binding.op().getClass());
        if (code == null) {
            throw new IllegalArgumentException(FILE + " has no `" + binding.op().name() + "`");
        }
        BoundRegions regions = new BoundRegions(binding, work);
        DeviceRegion x = regions.input(0);
        Defines defines = new Defines().with("CURVE", code);
        ClKernel kernel = work.kernel(FILE, defines, "curve_forward");
        ElementLoop forward = new ElementLoop(work, kernel, binding.capacity(), List.of(x, regions.output()));
        List<Step> backward = regions
                .inputGradient(0)
                .map(dx -> gradient(defines, regions.outputGradient().orElseThrow(), x, dx, binding.capacity(), work))
                .stream()
                .toList();
        return new Steps(List.of(forward::run), backward);
    }

    private static Step gradient(
            Defines defines, DeviceRegion dy, DeviceRegion x, BoundRegions.Target dx, int capacity, ClWork work) {
        ClKernel kernel = work.kernel(FILE, defines, "curve_backward");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(dy, x, dx.region()));
        kernel.set(loop.nextArgument(), dx.accumulate());
        return loop::run;
    }
}
