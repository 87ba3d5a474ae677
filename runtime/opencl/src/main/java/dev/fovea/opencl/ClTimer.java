package dev.fovea.opencl;

import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;

/**
 * A second queue of a context, whose commands the device takes the time of. A command is waited for before the next one is
 * given, and waits for those of the first queue, so the two may be mixed; what it costs to launch is not in the times.
 */
final class ClTimer extends ClHandle {
    private final ClQueue first;
    private final cl_command_queue queue;
    private final long[] time = new long[1];

    /** Opens the second queue beside a first one. */
    @SuppressWarnings("deprecation") // what OpenCL 1.2 has
    ClTimer(ClQueue first) {
        this.first = first;
        int[] status = new int[1];
        queue = CL.clCreateCommandQueue(
                first.context().id(), first.device().id(), CL.CL_QUEUE_PROFILING_ENABLE, status);
        ClStatus.check(status[0], first.device(), "open a queue that takes the time");
        opened();
    }

    /** Runs a kernel on a grid; how many nanoseconds that took. */
    long run(ClKernel kernel, Grid grid) {
        first.finish();
        cl_event event = new cl_event();
        kernel.enqueue(queue, grid, event);
        try {
            ClStatus.check(CL.clWaitForEvents(1, new cl_event[] {event}), first.device(), "wait for a kernel");
            return time(event, CL.CL_PROFILING_COMMAND_END) - time(event, CL.CL_PROFILING_COMMAND_START);
        } finally {
            CL.clReleaseEvent(event);
        }
    }

    private long time(cl_event event, int moment) {
        int status = CL.clGetEventProfilingInfo(event, moment, Sizeof.cl_ulong, Pointer.to(time), null);
        ClStatus.check(status, first.device(), "tell the time of a kernel");
        return time[0];
    }

    @Override
    void release() {
        ClStatus.check(CL.clReleaseCommandQueue(queue), first.device(), "close its queue");
    }
}
