package dev.fovea.opencl;

import dev.fovea.opencl.ClDevice.Kind;
import dev.fovea.ops.Shape;

/**
 * How batch norm's sums are cut where a device has more compute units than there are channels, see {@code batch_parts.cl}.
 * What the parts give lies in the workspace, behind the sums of whole channels.
 *
 * @param channels of the tensor
 * @param area positions of a channel
 * @param parts that the samples are cut into
 * @param items of a group
 * @param eps what is added to the variance
 */
record BatchParts(int channels, int area, int parts, int items, float eps) {
    private static final String FILE = "batch_parts.cl";

    /** Groups that each compute unit should have, so that it has reads under way while some of them wait. */
    private static final int GROUPS_PER_UNIT = 8;

    /** For a tensor and the largest batch. */
    static BatchParts of(Shape shape, int capacity, float eps, ClWork work) {
        long wanted = Math.max(1, (long) GROUPS_PER_UNIT * work.device().units() / shape.channels());
        int items = work.reductionItems((long) shape.area() * capacity);
        return new BatchParts(shape.channels(), shape.area(), (int) Math.min(capacity, wanted), items, eps);
    }

    /** Whether a device gains by it. */
    static boolean suits(ClDevice device) {
        return device.kind() != Kind.CPU;
    }

    /** Floats of the workspace, with two for each channel before those of the parts. */
    long room() {
        return sumsFloats() + sumsFloats() * parts;
    }

    private long sumsFloats() {
        return 2L * channels;
    }

    /** A kernel of the program. */
    ClKernel kernel(String name, ClWork work) {
        Defines defines = new Defines()
                .with("CHANNELS", channels)
                .with("AREA", area)
                .with("PARTS", parts)
                .with("EPS", eps)
                .with("ITEMS", items);
        return work.kernel(FILE, defines, name);
    }

    /** Sets the two arguments of what the parts give; the index of the one that follows. */
    int give(ClKernel kernel, int index, ClWork work) {
        work.scratch().give(kernel, index, room());
        kernel.set(index + 1, sumsFloats());
        return index + 2;
    }

    /** The grid of a kernel that takes a part of a channel in each group. */
    Grid partsGrid() {
        return new Grid(items, 1).items((long) items * channels, parts);
    }

    /** The grid of a kernel that takes a channel in each item. */
    Grid channelsGrid(ClKernel kernel, ClWork work) {
        return work.elementGrid(kernel, channels).items(channels, 1);
    }
}
