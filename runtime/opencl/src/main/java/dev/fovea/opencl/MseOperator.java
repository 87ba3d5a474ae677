package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.ArrayList;
import java.util.List;

/** The mean squared difference, with the kernels of {@code mse.cl}. */
final class MseOperator {
    private static final String FILE = "mse.cl";

    private MseOperator() {}

    /** Binds it. Either input may have a gradient, an auto-encoder's target being its own input. */
    static Kernel bind(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        DeviceRegion prediction = regions.input(0);
        DeviceRegion target = regions.input(1);
        int items = work.reductionItems(prediction.size());
        ClKernel forward = work.kernel(FILE, defines(prediction, items), "mse_forward");
        forward.set(forward.set(forward.set(0, prediction), target), regions.output());
        Grid grid = new Grid(items);

        List<Step> backward = new ArrayList<>();
        regions.inputGradient(0).ifPresent(dx -> backward.add(gradient(regions, prediction, target, dx, items)));
        regions.inputGradient(1).ifPresent(dx -> backward.add(gradient(regions, target, prediction, dx, items)));
        return new Steps(List.of(batch -> forward.launch(work.queue(), grid.items((long) items * batch))), backward);
    }

    private static Step gradient(BoundRegions regions, DeviceRegion own, DeviceRegion other, Target dx, int items) {
        ClWork work = regions.work();
        ClKernel kernel = work.kernel(FILE, defines(own, items), "mse_backward");
        int next = kernel.set(0, regions.outputGradient().orElseThrow());
        kernel.set(kernel.set(kernel.set(kernel.set(next, own), other), dx.region()), dx.accumulate());
        Grid grid = work.elementGrid(kernel, own.size());
        return batch -> kernel.launch(work.queue(), grid.items(own.size(), batch));
    }

    private static Defines defines(DeviceRegion tensor, int items) {
        return new Defines().with("SIZE", tensor.size()).with("ITEMS", items);
    }
}
