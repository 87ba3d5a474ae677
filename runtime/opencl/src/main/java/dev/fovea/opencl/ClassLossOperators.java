package dev.fovea.opencl;

import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Hinge;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;

/** The negative log-likelihood and the hinge loss, with the kernels of {@code class_losses.cl}. */
final class ClassLossOperators {
    private static final String FILE = "class_losses.cl";

    private ClassLossOperators() {}

    /** The negative log-likelihood; its backward does not read the prediction. */
    static Kernel nll(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        Defines defines = defines(binding, work, 1);
        Step forward = forward(regions, defines, "nll_forward");
        return regions.inputGradient(0)
                .map(dx -> {
                    ClKernel kernel = work.kernel(FILE, defines, "nll_backward");
                    int next = kernel.setFirst(regions.outputGradient().orElseThrow(), regions.input(1), dx.region());
                    kernel.set(next, dx.accumulate());
                    return new Steps(List.of(forward), List.of(elements(regions, kernel)));
                })
                .orElse(new Steps(List.of(forward), List.of()));
    }

    /** The hinge loss. */
    static Kernel hinge(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        Defines defines = defines(binding, work, ((Hinge) binding.op()).margin());
        Step forward = forward(regions, defines, "hinge_forward");
        return regions.inputGradient(0)
                .map(dx -> {
                    ClKernel kernel = work.kernel(FILE, defines, "hinge_backward");
                    int next = kernel.setFirst(
                            regions.outputGradient().orElseThrow(), regions.input(0), regions.input(1), dx.region());
                    kernel.set(next, dx.accumulate());
                    return new Steps(List.of(forward), List.of(elements(regions, kernel)));
                })
                .orElse(new Steps(List.of(forward), List.of()));
    }

    private static int items(Binding binding, ClWork work) {
        Shape shape = binding.input().shape();
        return work.reductionItems(Math.max(shape.channels(), shape.area()));
    }

    private static Defines defines(Binding binding, ClWork work, float margin) {
        Shape shape = binding.input().shape();
        return new Defines()
                .with("CLASSES", shape.channels())
                .with("AREA", shape.area())
                .with("MARGIN", margin)
                .with("ITEMS", items(binding, work));
    }

    private static Step forward(BoundRegions regions, Defines defines, String name) {
        ClWork work = regions.work();
        int items = items(regions.binding(), work);
        ClKernel kernel = work.kernel(FILE, defines, name);
        kernel.setFirst(regions.input(0), regions.input(1), regions.output());
        Grid grid = new Grid(items);
        return batch -> kernel.launch(work.queue(), grid.items((long) items * batch));
    }

    private static Step elements(BoundRegions regions, ClKernel kernel) {
        ClWork work = regions.work();
        long size = regions.input(0).size();
        Grid grid = work.elementGrid(kernel, size);
        return batch -> kernel.launch(work.queue(), grid.items(size, batch));
    }
}
