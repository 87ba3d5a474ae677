package dev.fovea.opencl;

import java.util.List;
import org.jocl.CL;
import org.jocl.cl_command_queue;
import org.jspecify.annotations.Nullable;

/** The one queue of a context. It runs commands in the order in which they came. */
final class ClQueue extends ClHandle {
    private final ClContext context;
    private final cl_command_queue queue;
    private final ClTraffic traffic = new ClTraffic();
    private final ClStaging staging = new ClStaging();
    private @Nullable ClProfile profile;

    /** Opens a queue, by the call that OpenCL 1.2 has. */
    @SuppressWarnings("deprecation")
    ClQueue(ClContext context) {
        this.context = context;
        int[] status = new int[1];
        queue = CL.clCreateCommandQueue(context.id(), context.device().id(), 0, status);
        ClStatus.check(status[0], context.device(), "open a queue");
        opened();
    }

    /** Its context. */
    ClContext context() {
        return context;
    }

    /** Its device. */
    ClDevice device() {
        return context.device();
    }

    /** Host memory for transfers. */
    ClStaging staging() {
        return staging;
    }

    /** What has been transferred through it. */
    ClTraffic traffic() {
        return traffic;
    }

    /** JOCL's handle. */
    cl_command_queue id() {
        return queue;
    }

    /** Runs a kernel on a grid, after all that came before. */
    void run(ClKernel kernel, Grid grid) {
        if (profile == null) {
            kernel.enqueue(queue, grid, null);
        } else {
            profile.run(kernel, grid);
        }
    }

    /** Does something and takes the times of its kernels, each launched for so many samples. */
    List<KernelTime> profiled(int batch, Runnable work) {
        try (ClTimer timer = new ClTimer(this)) {
            ClProfile taken = new ClProfile(timer, batch);
            profile = taken;
            work.run();
            return taken.times();
        } finally {
            profile = null;
        }
    }

    /** Waits until all commands have run. */
    void finish() {
        ClStatus.check(CL.clFinish(queue), device(), "finish its work");
    }

    @Override
    void release() {
        CL.clFinish(queue);
        ClStatus.check(CL.clReleaseCommandQueue(queue), device(), "close its queue");
    }
}
