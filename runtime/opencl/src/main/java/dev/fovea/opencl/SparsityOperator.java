package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.KlSparsity;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Optional;

/** The penalty on mean activations, with the kernels of {@code sparsity.cl}. The means lie where forward saves, or in the workspace. */
final class SparsityOperator {
    private static final String FILE = "sparsity.cl";

    private SparsityOperator() {}

    /** Binds it. */
    static Kernel bind(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        DeviceRegion x = regions.input(0);
        Optional<DeviceRegion> saved =
                binding.savedPerBatch().map(region -> DeviceRegion.of(work.queue(), region, x.size(), 1));
        int items = work.reductionItems(x.size());
        Defines defines = new Defines()
                .with("SIZE", x.size())
                .with("RHO", ((KlSparsity) binding.op()).rho())
                .with("ITEMS", items);
        List<Step> forward = List.of(
                means(work, work.kernel(FILE, defines, "sparsity_means"), x, saved),
                value(work, work.kernel(FILE, defines, "sparsity_forward"), regions, saved, items));
        Optional<Target> dx = regions.inputGradient(0);
        if (dx.isEmpty() || saved.isEmpty()) {
            return new Steps(forward, List.of());
        }
        ClKernel backward = work.kernel(FILE, defines, "sparsity_backward");
        int next = backward.setFirst(regions.outputGradient().orElseThrow());
        next = backward.set(
                setMeans(work, backward, next, saved, x.size()), dx.get().region());
        backward.set(next, dx.get().accumulate());
        Grid grid = work.elementGrid(backward, x.size());
        int batchArgument = next + 1;
        return new Steps(forward, List.of(batch -> {
            backward.set(batchArgument, batch);
            backward.launch(work.queue(), grid.items(x.size(), batch));
        }));
    }

    private static Step means(ClWork work, ClKernel kernel, DeviceRegion x, Optional<DeviceRegion> saved) {
        int next = setMeans(work, kernel, kernel.setFirst(x), saved, x.size());
        Grid grid = work.elementGrid(kernel, x.size());
        return batch -> {
            kernel.set(next, batch);
            kernel.launch(work.queue(), grid.items(x.size(), 1));
        };
    }

    private static Step value(
            ClWork work, ClKernel kernel, BoundRegions regions, Optional<DeviceRegion> saved, int items) {
        int next = setMeans(work, kernel, 0, saved, regions.input(0).size());
        int batchArgument = kernel.set(next, regions.output());
        Grid grid = new Grid(items);
        return batch -> {
            kernel.set(batchArgument, batch);
            kernel.launch(work.queue(), grid.items(items));
        };
    }

    /** Sets where the means lie, buffer and offset; gives the index of the argument that follows. */
    private static int setMeans(ClWork work, ClKernel kernel, int index, Optional<DeviceRegion> saved, long size) {
        if (saved.isPresent()) {
            kernel.set(index, saved.get().buffer()).set(index + 1, saved.get().offset());
        } else {
            work.scratch().give(kernel, index, size);
            kernel.set(index + 1, 0L);
        }
        return index + 2;
    }
}
