package dev.fovea.opencl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jspecify.annotations.Nullable;

/**
 * One function of a program with arguments of its own. Setting arguments and launching allocate nothing on Java's heap:
 * scalars pass through a block of memory that the kernel owns.
 */
final class ClKernel extends ClHandle {
    private final ClContext context;
    private final String name;
    private final String file;
    private final cl_kernel kernel;
    private final long largestGroup;
    private final ByteBuffer scalar = ByteBuffer.allocateDirect(Sizeof.cl_long).order(ByteOrder.nativeOrder());
    private final Pointer scalarPointer = Pointer.to(scalar);

    private double flopsPerSample;
    private double floatsPerSample;
    private double floatsPerBatch;

    /** A function of a program, which was made of a file. */
    ClKernel(ClContext context, ClProgram program, String file, String name) {
        this.context = context;
        this.name = name;
        this.file = file;
        int[] status = new int[1];
        kernel = CL.clCreateKernel(program.id(), name, status);
        ClStatus.check(status[0], context.device(), "find the kernel " + name);
        opened();
        largestGroup = ClInfo.number((size, value, needed) -> CL.clGetKernelWorkGroupInfo(
                kernel, context.device().id(), CL.CL_KERNEL_WORK_GROUP_SIZE, size, value, needed));
    }

    /** The most work-items a work-group may have, given the registers this kernel takes. */
    long largestGroup() {
        return largestGroup;
    }

    /** File and function. */
    String label() {
        return file + " " + name;
    }

    /** Notes the floating-point operations that each sample needs. */
    ClKernel needs(double flops) {
        flopsPerSample = flops;
        return this;
    }

    /** Notes floats that a launch moves, whatever the batch, beside the tensors set. */
    ClKernel moves(double floats) {
        floatsPerBatch += floats;
        return this;
    }

    /** The floating-point operations of a launch, as noted. */
    double flops(int batch) {
        return flopsPerSample * batch;
    }

    /** Bytes that move when each tensor that was set moves once. */
    double bytes(int batch) {
        return (floatsPerSample * batch + floatsPerBatch) * Sizeof.cl_float;
    }

    /** Sets a buffer. */
    ClKernel set(int index, ClBuffer buffer) {
        return checked(index, CL.clSetKernelArg(kernel, index, Sizeof.cl_mem, Pointer.to(buffer.id())));
    }

    /** Sets an {@code int} that is 1 or 0. */
    ClKernel set(int index, boolean value) {
        return set(index, value ? 1 : 0);
    }

    /** Sets an {@code int}. */
    ClKernel set(int index, int value) {
        scalar.putInt(0, value);
        return checked(index, CL.clSetKernelArg(kernel, index, Sizeof.cl_int, scalarPointer));
    }

    /** Sets a {@code long}. */
    ClKernel set(int index, long value) {
        scalar.putLong(0, value);
        return checked(index, CL.clSetKernelArg(kernel, index, Sizeof.cl_long, scalarPointer));
    }

    /** Sets a {@code float}. */
    ClKernel set(int index, float value) {
        scalar.putFloat(0, value);
        return checked(index, CL.clSetKernelArg(kernel, index, Sizeof.cl_float, scalarPointer));
    }

    /**
     * Sets the three arguments of a tensor: buffer, offset and stride, both {@code long}.
     *
     * @return the index of the argument that follows
     */
    int set(int index, DeviceRegion region) {
        set(index, region.buffer()).set(index + 1, region.offset()).set(index + 2, region.stride());
        if (region.stride() == 0) {
            floatsPerBatch += region.size();
        } else {
            floatsPerSample += region.size();
        }
        return index + 3;
    }

    /**
     * Sets the first arguments, three for each tensor.
     *
     * @return the index of the argument that follows
     */
    int setFirst(DeviceRegion... tensors) {
        int next = 0;
        for (DeviceRegion tensor : tensors) {
            next = set(next, tensor);
        }
        return next;
    }

    /** Runs it on a grid. */
    void launch(ClQueue queue, Grid grid) {
        queue.run(this, grid);
    }

    /** Gives it to a queue; where an event is wanted, the caller releases it. */
    void enqueue(cl_command_queue queue, Grid grid, @Nullable cl_event event) {
        int status = CL.clEnqueueNDRangeKernel(
                queue, kernel, grid.axes(), null, grid.global(), grid.local(), 0, null, event);
        ClStatus.check(status, context.device(), "run " + name);
    }

    private ClKernel checked(int index, int status) {
        if (status != CL.CL_SUCCESS) {
            throw ClStatus.failure(status, context.device(), "set argument " + index + " of " + name);
        }
        return this;
    }

    @Override
    void release() {
        ClStatus.check(CL.clReleaseKernel(kernel), context.device(), "free " + name);
    }
}
