package dev.fovea.opencl;

import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.Shape;

/** The channels at each position of each sample, a group's or an item's work, as {@code softmax_rows.cl} takes them. */
final class ChannelRows {
    private final ClWork work;
    private final int channels;
    private final int area;
    private final int items;

    /** The rows of an input. */
    ChannelRows(Shape shape, ClWork work) {
        this.work = work;
        channels = shape.channels();
        area = shape.area();
        items = area == 1 ? work.reductionItems(channels) : 1;
    }

    /** Positions of a sample. */
    int area() {
        return area;
    }

    /** The defines that all programs of rows expect. */
    Defines defines() {
        return new Defines().with("CHANNELS", channels).with("AREA", area).with("ITEMS", items);
    }

    /** Launches a kernel whose group, or item, has a row. */
    Step launch(ClKernel kernel) {
        Grid grid = area == 1 ? new Grid(items, 1) : work.elementGrid(kernel, area);
        long across = (long) items * area;
        return batch -> kernel.launch(work.queue(), grid.items(across, batch));
    }
}
