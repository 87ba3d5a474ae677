package dev.fovea.opencl;

import dev.fovea.runtime.kernels.Kernel;
import dev.fovea.runtime.kernels.Run;
import java.util.List;

/**
 * A kernel that is a list of launches, one after the other, each for the samples of the batch.
 *
 * @param forwards what forward launches
 * @param backwards what backward launches
 */
record Steps(List<Step> forwards, List<Step> backwards) implements Kernel {
    /** A launch for the first samples of a batch. */
    @FunctionalInterface
    interface Step {
        /** Launches. */
        void run(int batch);
    }

    Steps {
        forwards = List.copyOf(forwards);
        backwards = List.copyOf(backwards);
    }

    @Override
    public void forward(Run run) {
        run(forwards, run.batch());
    }

    @Override
    public void backward(Run run) {
        run(backwards, run.batch());
    }

    /** Launches them in order, without an iterator: a step allocates nothing. */
    static void run(List<Step> steps, int batch) {
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).run(batch);
        }
    }
}
