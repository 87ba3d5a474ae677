package dev.fovea.opencl;

import org.jocl.CL;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;

/** A context with one device, and the account of the memory taken in it. */
final class ClContext extends ClHandle {
    private final ClDevice device;
    private final cl_context context;
    private final ClAllocator allocator;
    private long bytesTaken;

    /** Opens a context. */
    ClContext(ClDevice device) {
        this(device, ClAllocator.DRIVER);
    }

    /** Opens a context whose memory comes from where the allocator takes it. */
    ClContext(ClDevice device, ClAllocator allocator) {
        this.device = device;
        this.allocator = allocator;
        cl_context_properties properties = new cl_context_properties();
        properties.addProperty(CL.CL_CONTEXT_PLATFORM, device.platform());
        int[] status = new int[1];
        context = CL.clCreateContext(properties, 1, new cl_device_id[] {device.id()}, null, null, status);
        ClStatus.check(status[0], device, "be opened");
        opened();
    }

    /** Its device. */
    ClDevice device() {
        return device;
    }

    /** JOCL's handle. */
    cl_context id() {
        return context;
    }

    /** Where its memory comes from. */
    ClAllocator allocator() {
        return allocator;
    }

    /** Bytes of all buffers that are open. */
    long bytesTaken() {
        return bytesTaken;
    }

    /** Notes that a buffer came, or with a negative number that it went. */
    void take(long bytes) {
        bytesTaken += bytes;
    }

    @Override
    void release() {
        ClStatus.check(CL.clReleaseContext(context), device, "be closed");
    }
}
