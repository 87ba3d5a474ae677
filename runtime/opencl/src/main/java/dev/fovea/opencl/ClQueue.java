package dev.fovea.opencl;

import org.jocl.CL;
import org.jocl.cl_command_queue;

/** The one queue of a context. It runs commands in the order in which they came. */
final class ClQueue extends ClHandle {
    private final ClContext context;
    private final cl_command_queue queue;
    private final ClTraffic traffic = new ClTraffic();
    private final ClStaging staging = new ClStaging();

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
