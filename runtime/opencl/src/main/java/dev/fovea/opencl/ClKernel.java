package dev.fovea.opencl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_kernel;

/**
 * One function of a program with arguments of its own. Setting arguments and launching allocate nothing on Java's heap:
 * scalars pass through a block of memory that the kernel owns.
 */
final class ClKernel extends ClHandle {
    private final ClContext context;
    private final String name;
    private final cl_kernel kernel;
    private final long largestGroup;
    private final ByteBuffer scalar = ByteBuffer.allocateDirect(Sizeof.cl_long).order(ByteOrder.nativeOrder());
    private final Pointer scalarPointer = Pointer.to(scalar);

    /** A function of a program. */
    ClKernel(ClContext context, ClProgram program, String name) {
        this.context = context;
        this.name = name;
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
        int status = CL.clEnqueueNDRangeKernel(
                queue.id(), kernel, grid.axes(), null, grid.global(), grid.local(), 0, null, null);
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
