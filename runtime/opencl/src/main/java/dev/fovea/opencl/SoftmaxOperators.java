package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.CrossEntropy;
import dev.fovea.ops.LogSoftmax;
import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Optional;

/** Softmax, its logarithm and the cross entropy, with the kernels of {@code softmax.cl}. */
final class SoftmaxOperators {
    private static final String FILE = "softmax.cl";

    private SoftmaxOperators() {}

    /** Softmax or its logarithm. */
    static Kernel softmax(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        Rows rows = new Rows(binding.input().shape(), work);
        Optional<Target> dx = regions.inputGradient(0);
        Defines defines = rows.defines(binding.op() instanceof LogSoftmax, 0);
        DeviceRegion y = regions.output();
        ClKernel forward = work.kernel(FILE, defines, "softmax_forward");
        forward.setFirst(regions.input(0), y);
        if (dx.isEmpty()) {
            return new Steps(List.of(rows.launch(forward)), List.of());
        }
        ClKernel backward = work.kernel(FILE, defines, "softmax_backward");
        int next = backward.setFirst(
                regions.outputGradient().orElseThrow(), y, dx.get().region());
        backward.set(next, dx.get().accumulate());
        return new Steps(List.of(rows.launch(forward)), List.of(rows.launch(backward)));
    }

    /** The cross entropy of logits and class labels: a loss at each position, then their mean. */
    static Kernel crossEntropy(Binding binding, ClWork work) {
        BoundRegions regions = new BoundRegions(binding, work);
        Rows rows = new Rows(binding.input().shape(), work);
        Optional<Target> dx = regions.inputGradient(0);
        Defines defines = rows.defines(true, ((CrossEntropy) binding.op()).labelSmoothing());
        DeviceRegion logits = regions.input(0);
        DeviceRegion labels = regions.input(1);
        List<Step> forward = List.of(
                rows.losses(work.kernel(FILE, defines, "cross_entropy_forward"), logits, labels, binding.capacity()),
                mean(
                        work,
                        work.kernel(FILE, defines, "cross_entropy_mean"),
                        regions.output(),
                        rows,
                        binding.capacity()));
        if (dx.isEmpty()) {
            return new Steps(forward, List.of());
        }
        ClKernel backward = work.kernel(FILE, defines, "cross_entropy_backward");
        int next = backward.setFirst(
                regions.outputGradient().orElseThrow(), logits, labels, dx.get().region());
        backward.set(next, dx.get().accumulate());
        return new Steps(forward, List.of(rows.launch(backward)));
    }

    private static Step mean(ClWork work, ClKernel kernel, DeviceRegion y, Rows rows, int capacity) {
        work.scratch().give(kernel, 0, (long) rows.area * capacity);
        int next = kernel.set(1, y);
        Grid grid = work.elementGrid(kernel, capacity);
        return batch -> {
            kernel.set(next, batch);
            kernel.launch(work.queue(), grid.items(batch, 1));
        };
    }

    /** The channels at each position of each sample: a group's or an item's work. */
    private static final class Rows {
        private final ClWork work;
        private final int channels;
        private final int area;
        private final int items;

        Rows(Shape shape, ClWork work) {
            this.work = work;
            channels = shape.channels();
            area = shape.area();
            items = area == 1 ? work.reductionItems(channels) : 1;
        }

        Defines defines(boolean logarithm, float smoothing) {
            return new Defines()
                    .with("CHANNELS", channels)
                    .with("AREA", area)
                    .with("ITEMS", items)
                    .with("LOGARITHM", logarithm)
                    .with("SMOOTHING", smoothing)
                    .with("HAS_SMOOTHING", smoothing > 0);
        }

        /** The loss at each position goes to the workspace. */
        Step losses(ClKernel kernel, DeviceRegion logits, DeviceRegion labels, int capacity) {
            int next = kernel.setFirst(logits, labels);
            work.scratch().give(kernel, next, (long) area * capacity);
            kernel.set(next + 1, 0L).set(next + 2, (long) area);
            return launch(kernel);
        }

        Step launch(ClKernel kernel) {
            Grid grid = area == 1 ? new Grid(items, 1) : work.elementGrid(kernel, area);
            long across = (long) items * area;
            return batch -> kernel.launch(work.queue(), grid.items(across, batch));
        }
    }
}
