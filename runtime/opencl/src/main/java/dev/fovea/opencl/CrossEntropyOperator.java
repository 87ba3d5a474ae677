package dev.fovea.opencl;

import dev.fovea.opencl.BoundRegions.Target;
import dev.fovea.opencl.Steps.Step;
import dev.fovea.ops.CrossEntropy;
import dev.fovea.runtime.kernels.Binding;
import dev.fovea.runtime.kernels.Kernel;
import java.util.List;
import java.util.Optional;

/**
 * The cross entropy of logits and class labels, with the kernels of {@code cross_entropy.cl}: a loss at each position, then
 * their mean.
 */
final class CrossEntropyOperator {
    private static final String FILE = "cross_entropy.cl";

    private CrossEntropyOperator() {}

    /** Binds it; classes may have weights. */
    static Kernel bind(Binding binding, ClWork work) {
        CrossEntropy op = (CrossEntropy) binding.op();
        BoundRegions regions = new BoundRegions(binding, work);
        ChannelRows rows = new ChannelRows(binding.input().shape(), work);
        Optional<Target> dx = regions.inputGradient(0);
        float[] weights = weights(op);
        ClBuffer table = work.table("class weights", weights);
        Defines defines = rows.defines()
                .with("SMOOTHING", op.labelSmoothing())
                .with("HAS_SMOOTHING", op.labelSmoothing() > 0)
                .with("WEIGHTED", !op.classWeights().isEmpty())
                .with("ALL_WEIGHTS", sum(weights));
        List<Step> forward = List.of(
                losses(regions, rows, work.kernel(FILE, defines, "cross_entropy_forward"), table),
                mean(regions, rows, work.kernel(FILE, defines, "cross_entropy_mean")));
        if (dx.isEmpty()) {
            return new Steps(forward, List.of());
        }
        ClKernel backward = work.kernel(FILE, defines, "cross_entropy_backward");
        int next = backward.setFirst(
                regions.outputGradient().orElseThrow(),
                regions.input(0),
                regions.input(1),
                dx.get().region());
        backward.set(next, table).set(next + 1, dx.get().accumulate());
        return new Steps(forward, List.of(rows.launch(backward)));
    }

    /** A weight a class; without weights a single number that no kernel reads, because a buffer is not empty. */
    private static float[] weights(CrossEntropy op) {
        float[] weights = new float[Math.max(1, op.classWeights().size())];
        for (int i = 0; i < op.classWeights().size(); i++) {
            weights[i] = op.classWeights().get(i);
        }
        return weights;
    }

    private static float sum(float[] weights) {
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        return (float) sum;
    }

    /** The loss at each position goes to the workspace. */
    private static Step losses(BoundRegions regions, ChannelRows rows, ClKernel kernel, ClBuffer weights) {
        int next = kernel.setFirst(regions.input(0), regions.input(1));
        kernel.set(next, weights);
        regions.work()
                .scratch()
                .give(kernel, next + 1, (long) rows.area() * regions.binding().capacity());
        kernel.set(next + 2, 0L).set(next + 3, (long) rows.area());
        return rows.launch(kernel);
    }

    private static Step mean(BoundRegions regions, ChannelRows rows, ClKernel kernel) {
        ClWork work = regions.work();
        int capacity = regions.binding().capacity();
        work.scratch().give(kernel, 0, (long) rows.area() * capacity);
        int next = kernel.set(1, regions.output());
        Grid grid = work.elementGrid(kernel, capacity);
        return batch -> {
            kernel.set(next, batch);
            kernel.launch(work.queue(), grid.items(batch, 1));
        };
    }
}
