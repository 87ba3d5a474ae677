package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Corrupt;
import dev.fovea.ops.DropPath;
import dev.fovea.ops.Dropout;
import dev.fovea.ops.Dropout2d;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.random.DropoutMask;
import java.util.List;
import java.util.Optional;

/**
 * Dropout of elements, with or without scaling, of channels or of whole samples, with the mask of {@link DropoutMask}, which
 * backward draws again: the same elements are dropped as on any other device. At inference the input is handed on.
 */
final class DropoutKernel implements Kernel {
    private final ClWork work;
    private final int operator;
    private final DropoutMask mask;
    private final int unit;
    private final Pass forward;
    private final Optional<Pass> backward;

    /**
     * A dropout.
     *
     * @param unit the elements that are dropped together, which divides the elements of a sample
     */
    private DropoutKernel(Binding binding, ClWork work, DropoutMask mask, int unit) {
        this.work = work;
        this.operator = binding.stream();
        this.mask = mask;
        this.unit = unit;
        BoundRegions regions = new BoundRegions(binding, work);
        int capacity = binding.capacity();
        forward = new Pass(regions.input(0), new Target(regions.output(), false), capacity);
        backward = regions.inputGradient(0)
                .map(dx -> new Pass(regions.outputGradient().orElseThrow(), dx, capacity));
    }

    /** Elements, what is kept scaled up. */
    static Kernel elements(Binding binding, ClWork work) {
        return new DropoutKernel(binding, work, new DropoutMask(((Dropout) binding.op()).p()), 1);
    }

    /** Elements, without scaling. */
    static Kernel corruption(Binding binding, ClWork work) {
        return new DropoutKernel(binding, work, new DropoutMask(((Corrupt) binding.op()).p(), 1), 1);
    }

    /** Channels. */
    static Kernel channels(Binding binding, ClWork work) {
        DropoutMask mask = new DropoutMask(((Dropout2d) binding.op()).p());
        return new DropoutKernel(binding, work, mask, binding.output().shape().area());
    }

    /** Samples. */
    static Kernel samples(Binding binding, ClWork work) {
        DropoutMask mask = new DropoutMask(((DropPath) binding.op()).p());
        int size = Math.toIntExact(binding.output().shape().size());
        return new DropoutKernel(binding, work, mask, size);
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
        private static final int SEED_ARGUMENT = 11;
        private static final int BLOCK = 4;

        private final ClKernel kernel;
        private final Grid grid;
        private final long items;
        private final List<Step> copy;

        Pass(DeviceRegion from, Target to, int capacity) {
            kernel = work.kernel("dropout.cl", new Defines(), unit == 1 ? "drop_elements" : "drop_units");
            items = unit == 1 ? (from.size() + BLOCK - 1) / BLOCK : from.size();
            grid = work.elementGrid(kernel, items);
            kernel.setFirst(from, to.region());
            kernel.set(ELEMENTS_ARGUMENT, (int) from.size())
                    .set(ELEMENTS_ARGUMENT + 1, unit)
                    .set(ELEMENTS_ARGUMENT + 2, to.accumulate())
                    .set(ELEMENTS_ARGUMENT + 3, mask.threshold())
                    .set(ELEMENTS_ARGUMENT + 4, mask.factor());
            copy = ElementOperators.hand(from, to, capacity, work);
        }

        void run(Run run) {
            if (run.training()) {
                kernel.set(SEED_ARGUMENT, run.seed()).set(SEED_ARGUMENT + 1, DropoutMask.stream(operator, run.step()));
                kernel.launch(work.queue(), grid.items(items, run.batch()));
            } else {
                Steps.run(copy, run.batch());
            }
        }
    }
}
