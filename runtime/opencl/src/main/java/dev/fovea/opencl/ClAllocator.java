package dev.fovea.opencl;

import org.jocl.CL;
import org.jocl.cl_context;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/** Asks the driver for memory: a test puts one that refuses in its place. */
@FunctionalInterface
interface ClAllocator {
    /** The driver's own. */
    ClAllocator DRIVER =
            (context, bytes, status) -> CL.clCreateBuffer(context, CL.CL_MEM_READ_WRITE, bytes, null, status);

    /**
     * A block of memory.
     *
     * @param status takes the driver's answer as its first element
     * @return the block, where the status is a success
     */
    @Nullable
    cl_mem allocate(cl_context context, long bytes, int[] status);
}
