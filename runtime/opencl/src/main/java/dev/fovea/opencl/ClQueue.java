package dev.fovea.opencl;

import java.util.List;
import org.jocl.CL;
import org.jocl.cl_command_queue;
import org.jspecify.annotations.Nullable;

/**
 * A queue, which runs commands in the order in which they came. A context has one that computes, and where floats are moved while it does,
 * a {@link ClInbox} with another.
 */
final class ClQueue extends ClHandle {
    private final ClContext context;
    private final cl_command_queue queue;
    private final ClTraffic traffic;
    private final ClStaging staging;
    private @Nullable ClProfile profile;
    private @Nullable ClInbox inbox;
    private boolean busy;

    /** Opens a queue. */
    ClQueue(ClContext context) {
        this(context, new ClTraffic(), new ClStaging());
    }

    /** Opens a queue, by the call that OpenCL 1.2 has. */
    @SuppressWarnings("deprecation")
    private ClQueue(ClContext context, ClTraffic traffic, ClStaging staging) {
        this.context = context;
        this.traffic = traffic;
        this.staging = staging;
        int[] status = new int[1];
        queue = CL.clCreateCommandQueue(context.id(), context.device().id(), 0, status);
        ClStatus.check(status[0], context.device(), "open a queue");
        opened();
    }

    /** Opens another queue of the same context, whose transfers are counted with those of the first. */
    static ClQueue beside(ClQueue first) {
        return new ClQueue(first.context, first.traffic, first.staging);
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
            asked();
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

    /** Notes that there is something to do. */
    void asked() {
        busy = true;
    }

    /** Notes that all that was asked for has been done, because something behind it has. */
    void done() {
        busy = false;
        if (inbox != null) {
            inbox.copied();
        }
    }

    /** Where floats can be moved to while it computes; null where that is not done, or it has nothing to do. */
    @Nullable
    ClInbox inbox() {
        return busy ? inbox : null;
    }

    /**
     * Moves up to so many floats at a time while it computes, from now on; 0 for none.
     *
     * @throws dev.fovea.runtime.kernels.DeviceException when the device has not the memory: none then
     */
    void moveAhead(long floats) {
        ClInbox before = inbox;
        inbox = null;
        if (before != null) {
            before.close(); // a driver keeps memory for as long as a command is to use it
        }
        if (floats > 0) {
            inbox = new ClInbox(this, floats);
        }
    }

    /** Bytes of the device that this takes. */
    long bytesToMoveAhead() {
        return inbox == null ? 0 : inbox.bytes();
    }

    /** Has the device begin with what was asked for, which a driver may put off until somebody waits for it. */
    void flush() {
        ClStatus.check(CL.clFlush(queue), device(), "begin its work");
    }

    /** Waits until all commands have run. */
    void finish() {
        ClStatus.check(CL.clFinish(queue), device(), "finish its work");
        done();
    }

    @Override
    void release() {
        CL.clFinish(queue);
        if (inbox != null) {
            inbox.close();
        }
        ClStatus.check(CL.clReleaseCommandQueue(queue), device(), "close its queue");
    }
}
