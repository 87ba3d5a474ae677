package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.ArrayList;
import java.util.List;

/** The product and the difference of two tensors, with the kernels of {@code pairs.cl}. */
final class PairOperators {
    private static final String FILE = "pairs.cl";

    private PairOperators() {}

    /** {@code a·b}: the gradient of one is that of the output times the other. */
    static Kernel product(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        int capacity = binding.capacity();
        DeviceRegion a = regions.input(0);
        DeviceRegion b = regions.input(1);
        Step forward = product(a, b, new Target(regions.output(), false), capacity, work);
        List<Step> backward = new ArrayList<>();
        regions.outputGradient().ifPresent(dy -> {
            regions.inputGradient(0).ifPresent(da -> backward.add(product(dy, b, da, capacity, work)));
            regions.inputGradient(1).ifPresent(db -> backward.add(product(dy, a, db, capacity, work)));
        });
        return new Steps(List.of(forward), backward);
    }

    /** {@code a − b}. */
    static Kernel difference(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        int capacity = binding.capacity();
        ClKernel kernel = work.kernel(FILE, new Defines(), "difference");
        List<DeviceRegion> tensors = List.of(regions.input(0), regions.input(1), regions.output());
        ElementLoop forward = new ElementLoop(work, kernel, capacity, tensors);
        List<Step> backward = new ArrayList<>();
        regions.outputGradient().ifPresent(dy -> {
            regions.inputGradient(0).ifPresent(da -> backward.add(take(dy, 1, da, capacity, work)));
            regions.inputGradient(1).ifPresent(db -> backward.add(take(dy, -1, db, capacity, work)));
        });
        return new Steps(List.of(forward::run), backward);
    }

    private static Step product(DeviceRegion a, DeviceRegion b, Target y, int capacity, ClWork work) {
        ClKernel kernel = work.kernel(FILE, new Defines(), "product");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(a, b, y.region()));
        kernel.set(loop.nextArgument(), y.accumulate());
        return loop::run;
    }

    private static Step take(DeviceRegion dy, float factor, Target to, int capacity, ClWork work) {
        ClKernel kernel = work.kernel(FILE, new Defines(), "take");
        ElementLoop loop = new ElementLoop(work, kernel, capacity, List.of(dy, to.region()));
        kernel.set(loop.nextArgument(), factor).set(loop.nextArgument() + 1, to.accumulate());
        return loop::run;
    }
}
