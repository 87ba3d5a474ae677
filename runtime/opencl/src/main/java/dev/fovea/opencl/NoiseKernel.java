package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Noise;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Run;
import dev.fovea.runtime.random.DropoutMask;
import java.util.List;

/** Normal noise while training, the same as on any other device. The gradient is handed on. */
final class NoiseKernel implements Kernel {
    private static final int ELEMENTS_ARGUMENT = 6;
    private static final int SEED_ARGUMENT = 8;
    private static final int BLOCK = 4;

    private final ClQueue queue;
    private final int operator;
    private final ClKernel kernel;
    private final Grid grid;
    private final long blocks;
    private final List<Step> copy;
    private final List<Step> backward;

    NoiseKernel(Binding binding, ClWork work) {
        queue = work.queue();
        operator = binding.stream();
        BoundRegions regions = new BoundRegions(binding, work);
        DeviceRegion x = regions.input(0);
        kernel = work.kernel("noise.cl", new Defines(), "noise");
        kernel.setFirst(x, regions.output());
        kernel.set(ELEMENTS_ARGUMENT, (int) x.size()).set(ELEMENTS_ARGUMENT + 1, ((Noise) binding.op()).std());
        blocks = (x.size() + BLOCK - 1) / BLOCK;
        grid = work.elementGrid(kernel, blocks);
        copy = ElementOperators.hand(x, new Target(regions.output(), false), binding.capacity(), work);
        backward = ElementOperators.handBack(regions);
    }

    @Override
    public void forward(Run run) {
        if (run.training()) {
            kernel.set(SEED_ARGUMENT, run.seed()).set(SEED_ARGUMENT + 1, DropoutMask.stream(operator, run.step()));
            kernel.launch(queue, grid.items(blocks, run.batch()));
        } else {
            Steps.run(copy, run.batch());
        }
    }

    @Override
    public void backward(Run run) {
        Steps.run(backward, run.batch());
    }
}
