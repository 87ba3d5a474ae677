package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Bce;
import dev.fovea.ops.BceWithLogits;
import dev.fovea.ops.Huber;
import dev.fovea.ops.KlDivergence;
import dev.fovea.ops.L1;
import dev.fovea.ops.Mae;
import dev.fovea.ops.Mse;
import dev.fovea.ops.Op;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The losses that add up what each element contributes, with the kernels of {@code element_losses.cl}. */
final class ElementLossOperator {
    private static final String FILE = "element_losses.cl";
    /** The numbers by which the program knows the losses. */
    private static final Map<Class<? extends Op>, Integer> NUMBERS = Map.of(
            Mae.class, 0,
            L1.class, 0,
            Huber.class, 1,
            Bce.class, 2,
            BceWithLogits.class, 3,
            KlDivergence.class, 4,
            Mse.class, 5);

    private ElementLossOperator() {}

    /** Binds it. Either input may have a gradient; a penalty has a single input. */
    static Kernel bind(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        boolean hasTarget = binding.inputs().size() > 1;
        DeviceRegion prediction = regions.input(0);
        DeviceRegion target = regions.input(hasTarget ? 1 : 0);
        int items = work.reductionItems(prediction.size());
        Defines defines = new Defines()
                .with("SIZE", prediction.size())
                .with("ITEMS", items)
                .with("LOSS", number(binding.op()))
                .with("DELTA", binding.op() instanceof Huber huber ? huber.delta() : 1)
                .with("HAS_TARGET", hasTarget)
                .with("SHARE", binding.op() instanceof KlDivergence ? 1 : 1f / prediction.size());
        ClKernel forward = work.kernel(FILE, defines, "element_loss_forward");
        forward.setFirst(prediction, target, regions.output());
        Grid grid = new Grid(items);
        List<Step> backward = new ArrayList<>();
        for (int input = 0; input < binding.inputs().size(); input++) {
            int by = input;
            regions.inputGradient(input).ifPresent(dx -> backward.add(gradient(regions, defines, target, dx, by)));
        }
        return new Steps(List.of(batch -> forward.launch(work.queue(), grid.items((long) items * batch))), backward);
    }

    private static int number(Op op) {
        Integer number = NUMBERS.get(op.getClass());
        if (number == null) {
            throw new IllegalArgumentException("no element-wise loss: " + op);
        }
        return number;
    }

    private static Step gradient(BoundRegions regions, Defines defines, DeviceRegion target, Target dx, int input) {
        ClWork work = regions.work();
        ClKernel kernel = work.kernel(FILE, defines, "element_loss_backward");
        int next = kernel.setFirst(regions.outputGradient().orElseThrow(), regions.input(0), target, dx.region());
        kernel.set(next, dx.accumulate()).set(next + 1, input);
        Grid grid = work.elementGrid(kernel, target.size());
        return batch -> kernel.launch(work.queue(), grid.items(target.size(), batch));
    }
}
