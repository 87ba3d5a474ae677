package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.ops.Dropout;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.random.DropoutMask;
import java.util.List;
import java.util.Optional;

/**
 * Inverted dropout with the mask of {@link DropoutMask}, which backward draws again: the same elements are dropped as on any
 * other device. At inference the input is handed on.
 */
final class DropoutKernel implements Kernel {
    private final ClWork work;
    private final int operator;
    private final DropoutMask mask;
    private final Pass forward;
    private final Optional<Pass> backward;

    DropoutKernel(Binding binding, ClWork work) {
        this.work = work;
        this.operator = binding.stream();
        this.mask = new DropoutMask(((Dropout) binding.op()).p());
        BoundRegions regions = new BoundRegions(binding, work);
        int capacity = binding.capacity();
        forward = new Pass(regions.input(0), new Target(regions.output(), false), capacity);
        backward = regions.inputGradient(0)
                .map(dx -> new Pass(regions.outputGradient().orElseThrow(), dx, capacity));
    }

    @Override
    public void forward(Run run) {
        forward.run(run);
    }

    @Override
    public void backward(Run run) {
        if (backward.isPresent()) {
            backward.get().run(run);
        }
    }

    /** One direction: what is dropped from, and where the rest goes. */
    private final class Pass {
        private static final int ELEMENTS_ARGUMENT = 6;
        private static final int SEED_ARGUMENT = 10;
        private static final int BLOCK = 4;

        private final ClKernel kernel;
        private final Grid grid;
        private final long blocks;
        private final List<ElementLoop> copy;

        Pass(DeviceRegion from, Target to, int capacity) {
            kernel = work.kernel("dropout.cl", new Defines(), "dropout");
            blocks = (from.size() + BLOCK - 1) / BLOCK;
            grid = work.elementGrid(kernel, blocks);
            kernel.set(kernel.set(0, from), to.region());
            kernel.set(ELEMENTS_ARGUMENT, (int) from.size())
                    .set(ELEMENTS_ARGUMENT + 1, to.accumulate())
                    .set(ELEMENTS_ARGUMENT + 2, mask.threshold())
                    .set(ELEMENTS_ARGUMENT + 3, mask.factor());
            copy = from.isSameAs(to.region()) && !to.accumulate()
                    ? List.of()
                    : List.of(ElementKernels.copy(work, capacity, from, to.region(), to.accumulate()));
        }

        void run(Run run) {
            if (run.training()) {
                kernel.set(SEED_ARGUMENT, run.seed()).set(SEED_ARGUMENT + 1, DropoutMask.stream(operator, run.step()));
                kernel.launch(work.queue(), grid.items(blocks, run.batch()));
            } else if (!copy.isEmpty()) {
                copy.get(0).run(run.batch());
            }
        }
    }
}
