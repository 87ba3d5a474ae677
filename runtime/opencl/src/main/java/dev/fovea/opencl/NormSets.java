package dev.fovea.opencl;

import dev.fovea.ops.BatchNorm;
import dev.fovea.ops.GroupNorm;
import dev.fovea.ops.InstanceNorm;
import dev.fovea.ops.LayerNorm;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.Optional;

/**
 * Which elements a normalisation takes together.
 *
 * @param over 0 a channel of the batch, 1 channels of a sample, 2 the channels of a position
 * @param count sets in the batch, or in a sample
 * @param share channels in a set of channels of a sample; else 1
 * @param size elements in a set, in a set over the batch those of one sample
 * @param eps what is added to the variance
 */
record NormSets(int over, int count, int share, int size, float eps) {
    private static final int BATCH = 0;
    private static final int CHANNELS = 1;
    private static final int POSITION = 2;

    static Kernel batch(Binding binding, ClWork work) {
        Shape shape = binding.output().shape();
        float eps = ((BatchNorm) binding.op()).eps();
        return new NormalizationKernel(binding, work, new NormSets(BATCH, shape.channels(), 1, shape.area(), eps));
    }

    static Kernel groups(Binding binding, ClWork work) {
        GroupNorm op = (GroupNorm) binding.op();
        return ofChannels(binding, work, op.groups(), op.eps());
    }

    static Kernel instances(Binding binding, ClWork work) {
        int channels = binding.output().shape().channels();
        return ofChannels(binding, work, channels, ((InstanceNorm) binding.op()).eps());
    }

    private static Kernel ofChannels(Binding binding, ClWork work, int groups, float eps) {
        Shape shape = binding.output().shape();
        int share = shape.channels() / groups;
        return new NormalizationKernel(binding, work, new NormSets(CHANNELS, groups, share, share * shape.area(), eps));
    }

    static Kernel positions(Binding binding, ClWork work) {
        Shape shape = binding.output().shape();
        float eps = ((LayerNorm) binding.op()).eps();
        return new NormalizationKernel(binding, work, new NormSets(POSITION, shape.area(), 1, shape.channels(), eps));
    }

    /** Whether a set reaches over all samples. */
    boolean isBatch() {
        return over == BATCH;
    }

    /** Means and inverse deviations, in floats a sample or a batch. */
    long statistics() {
        return 2L * count;
    }

    /** Where forward keeps them for backward. */
    Optional<DeviceRegion> saved(Binding binding, ClWork work) {
        return isBatch()
                ? binding.savedPerBatch().map(region -> once(DeviceRegion.of(work.queue(), region, statistics(), 1)))
                : binding.saved()
                        .map(region -> DeviceRegion.of(work.queue(), region, statistics(), binding.capacity()));
    }

    private static DeviceRegion once(DeviceRegion region) {
        return new DeviceRegion(region.buffer(), region.offset(), 0, region.size());
    }

    /** The work-items that share a set: one where sets lie side by side. */
    int items(ClWork work, Binding binding) {
        if (over == POSITION && count > 1) {
            return 1;
        }
        return work.reductionItems((long) size * (isBatch() ? binding.capacity() : 1));
    }

    /** The items of the sets along the first axis, samples along the second. A set that one item adds up is a group of its own. */
    Grid grid(ClWork work, ClKernel kernel, int items) {
        return items > 1 || over != POSITION ? new Grid(items, 1) : work.elementGrid(kernel, count);
    }

    /** The numbers that {@code normalization.cl} expects, but for AFFINE and ITEMS. */
    Defines defines(Shape shape, ClWork work) {
        return new Defines()
                .with("VECTOR", work.reductionVector())
                .with("OVER", over)
                .with("CHANNELS", shape.channels())
                .with("AREA", shape.area())
                .with("SHARE", share)
                .with("EPS", eps);
    }
}
