package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What multiplies each channel by a factor, with the kernels of {@code channels.cl}. The gradient of a factor is a sum over its
 * channel; where it serves all samples these sums are added up in a second launch, in a fixed order.
 */
final class ChannelOperators {
    private static final String FILE = "channels.cl";
    /** The sums' buffer, offset and stride among the arguments of {@code plane_sums}. */
    private static final int SUMS_ARGUMENT = 6;

    private static final int AFTER_SUMS = SUMS_ARGUMENT + 3;

    private final BoundRegions regions;
    private final ClWork work;
    private final DeviceRegion x;
    private final DeviceRegion factors;
    private final int channels;
    private final int area;
    private final boolean negativeOnly;

    /**
     * Of these tensors.
     *
     * @param factors one a channel, for each sample or with stride 0 for all; or a single one
     * @param negativeOnly whether positive elements stay as they are
     */
    private ChannelOperators(BoundRegions regions, DeviceRegion factors, boolean negativeOnly) {
        this.regions = regions;
        this.work = regions.work();
        this.x = regions.input(0);
        this.factors = factors;
        this.negativeOnly = negativeOnly;
        Shape shape = regions.binding().output().shape();
        this.channels = shape.channels();
        this.area = shape.area();
    }

    /** An image by a vector. */
    static Kernel scale(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        ChannelOperators scale = new ChannelOperators(regions, regions.input(1), false);
        return scale.kernel(
                regions.inputGradient(1).map(scale::sampleSums).stream().toList());
    }

    /** By a learned factor. */
    static Kernel layerScale(Binding binding, ClWork work) {
        return learned(new BoundRegions(binding, work), false);
    }

    /** Negative elements by a learned factor. */
    static Kernel prelu(Binding binding, ClWork work) {
        return learned(new BoundRegions(binding, work), true);
    }

    private static Kernel learned(BoundRegions regions, boolean negativeOnly) {
        ChannelOperators operator = new ChannelOperators(regions, regions.parameter(0), negativeOnly);
        Optional<Target> gradient = regions.parameterGradient(0);
        return operator.kernel(gradient.map(operator::batchSums).orElse(List.of()));
    }

    private Kernel kernel(List<Step> factorGradient) {
        List<Step> backward = new ArrayList<>(factorGradient);
        regions.inputGradient(0)
                .ifPresent(dx -> backward.add(multiply(regions.outputGradient().orElseThrow(), dx)));
        return new Steps(List.of(multiply(x, new Target(regions.output(), false))), backward);
    }

    private Step multiply(DeviceRegion from, Target to) {
        ClKernel kernel = work.kernel(FILE, new Defines().with("ITEMS", 1), "multiply");
        int next = kernel.setFirst(from, x, factors, to.region());
        int elements = (int) x.size();
        kernel.set(next, elements)
                .set(next + 1, factors.size() == channels ? area : elements)
                .set(next + 2, negativeOnly)
                .set(next + 3, to.accumulate());
        Grid grid = work.elementGrid(kernel, elements);
        return batch -> kernel.launch(work.queue(), grid.items(elements, batch));
    }

    /** The gradient of factors that each sample has of its own. */
    private Step sampleSums(Target target) {
        int items = work.reductionItems(area);
        ClKernel kernel = planeSums(items);
        kernel.set(SUMS_ARGUMENT, target.region());
        kernel.set(AFTER_SUMS + 3, target.accumulate());
        return planes(kernel, items);
    }

    /** The gradient of factors that serve all samples. */
    private List<Step> batchSums(Target target) {
        int capacity = regions.binding().capacity();
        long floats = (long) channels * capacity;
        int items = work.reductionItems(area);
        ClKernel sums = planeSums(items);
        work.scratch().give(sums, SUMS_ARGUMENT, floats);
        sums.set(SUMS_ARGUMENT + 1, 0L).set(SUMS_ARGUMENT + 2, (long) channels).set(AFTER_SUMS + 3, false);

        int count = (int) target.region().size();
        int itemsToAdd = work.reductionItems(floats / count);
        ClKernel adding = work.kernel(FILE, new Defines().with("ITEMS", itemsToAdd), "add_up");
        work.scratch().give(adding, 0, floats);
        adding.set(1, target.region().buffer())
                .set(2, target.region().offset())
                .set(3, channels)
                .set(4, count)
                .set(5, target.accumulate());
        Grid grid = grid(adding, itemsToAdd, count).items((long) itemsToAdd * count, 1);
        Step addUp = batch -> {
            adding.set(6, batch);
            adding.launch(work.queue(), grid);
        };
        return List.of(planes(sums, items), addUp);
    }

    private ClKernel planeSums(int items) {
        ClKernel kernel = work.kernel(FILE, new Defines().with("ITEMS", items), "plane_sums");
        kernel.setFirst(regions.outputGradient().orElseThrow(), x);
        return kernel.set(AFTER_SUMS, channels).set(AFTER_SUMS + 1, area).set(AFTER_SUMS + 2, negativeOnly);
    }

    private Step planes(ClKernel sums, int items) {
        long most = (long) channels * regions.binding().capacity();
        Grid grid = grid(sums, items, most);
        return batch -> {
            sums.set(AFTER_SUMS + 4, batch);
            sums.launch(work.queue(), grid.items((long) items * channels * batch, 1));
        };
    }

    /** Groups of the items that share a sum; where none do, of many sums. */
    private Grid grid(ClKernel kernel, int items, long sums) {
        return items > 1 ? new Grid(items, 1) : work.elementGrid(kernel, sums);
    }
}
