package dev.fovea.opencl;

import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Memory;
import java.nio.FloatBuffer;
import org.jocl.CL;
import org.jocl.Sizeof;
import org.jocl.cl_mem;

/**
 * A block of floats on the device. Every transfer of the back end is made here, because JOCL hands lengths to the driver as
 * they are: a range is checked against the block and the array before anything moves.
 */
final class ClBuffer extends ClHandle implements Memory {
    private final ClQueue queue;
    private final long length;
    private final long bytes;
    private final cl_mem memory;

    /**
     * Takes memory and fills it with zeros, so that a device that takes it only when it is used fails here.
     *
     * @throws dev.fovea.runtime.kernels.DeviceFullException when the device has not so much
     */
    ClBuffer(ClQueue queue, String purpose, long length) {
        this.queue = queue;
        this.length = length;
        bytes = Math.max(plannedBytes(purpose), Sizeof.cl_float); // the driver gives out no empty buffer
        int[] status = new int[1];
        cl_mem given = queue.context().allocator().allocate(queue.context().id(), bytes, status);
        if (given == null || status[0] != CL.CL_SUCCESS) {
            throw ClShortage.refused(queue.context(), purpose, bytes, ClStatus.name(status[0]));
        }
        memory = given;
        opened();
        queue.context().take(bytes);
        try {
            fill(0, length, 0);
            queue.finish();
        } catch (DeviceException full) {
            close();
            throw ClShortage.refused(queue.context(), purpose, bytes, String.valueOf(full.getMessage()));
        }
    }

    @Override
    public long length() {
        return length;
    }

    /** JOCL's handle. */
    cl_mem id() {
        return memory;
    }

    /** The queue its transfers go through. */
    ClQueue queue() {
        return queue;
    }

    /** Floats that find a place in the queue's inbox do not wait for what the queue has to do. */
    @Override
    public void write(long offset, float[] source, int from, int count) {
        checkRange("write", offset, count);
        checkArray(source.length, from, count);
        ClInbox inbox = queue.inbox();
        ClInbox.Place place = inbox == null ? null : inbox.place(count);
        if (inbox == null || place == null) {
            move(offset, source, from, count);
        } else {
            inbox.move(place, source, from, count);
            copy(place.room(), place.offset(), offset, count);
        }
    }

    private void move(long offset, float[] source, int from, int count) {
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, ClStaging.FLOATS);
            ClStaging staging = queue.staging();
            staging.floats(part).put(source, from + done, part);
            int status = CL.clEnqueueWriteBuffer(
                    queue.id(), memory, true, bytes(offset + done), bytes(part), staging.pointer(), 0, null, null);
            ClStatus.check(status, queue.device(), "write floats");
            queue.done();
            queue.traffic().in(bytes(part));
            done += part;
        }
    }

    /** Copies from memory of the same device, after all that was asked for has been done. */
    private void copy(ClBuffer source, long from, long to, int count) {
        source.checkRange("copy", from, count);
        if (count > 0) {
            queue.asked();
            int status = CL.clEnqueueCopyBuffer(
                    queue.id(), source.memory, memory, bytes(from), bytes(to), bytes(count), 0, null, null);
            ClStatus.check(status, queue.device(), "copy floats");
        }
    }

    @Override
    public void read(long offset, float[] target, int to, int count) {
        checkRange("read", offset, count);
        checkArray(target.length, to, count);
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, ClStaging.FLOATS);
            ClStaging staging = queue.staging();
            FloatBuffer floats = staging.floats(part);
            int status = CL.clEnqueueReadBuffer(
                    queue.id(), memory, true, bytes(offset + done), bytes(part), staging.pointer(), 0, null, null);
            ClStatus.check(status, queue.device(), "read floats");
            queue.done();
            queue.traffic().out(bytes(part));
            floats.get(target, to + done, part);
            done += part;
        }
    }

    @Override
    public void fill(long offset, long count, float value) {
        checkRange("fill", offset, count);
        if (count > 0) {
            ClStaging staging = queue.staging();
            staging.floats(1).put(0, value);
            queue.asked();
            int status = CL.clEnqueueFillBuffer(
                    queue.id(), memory, staging.pointer(), Sizeof.cl_float, bytes(offset), bytes(count), 0, null, null);
            ClStatus.check(status, queue.device(), "fill memory");
        }
    }

    /**
     * Checks that a range lies in an open block.
     *
     * @throws IndexOutOfBoundsException where it does not
     */
    void checkRange(String action, long offset, long count) {
        if (!isOpen()) {
            throw new IllegalStateException("cannot " + action + " memory that was closed");
        }
        if (offset < 0 || count < 0 || offset > length - count) {
            throw new IndexOutOfBoundsException(
                    "cannot " + action + " " + count + " floats at " + offset + " of " + length);
        }
    }

    private static void checkArray(int arrayLength, int offset, int count) {
        if (offset < 0 || offset > arrayLength - count) {
            throw new IndexOutOfBoundsException(
                    count + " floats at " + offset + " do not fit an array of " + arrayLength);
        }
    }

    private long plannedBytes(String purpose) {
        if (length < 0) {
            throw new IllegalArgumentException("memory for " + purpose + " of negative length: " + length);
        }
        ClContext context = queue.context();
        if (length > Long.MAX_VALUE / Sizeof.cl_float) {
            throw ClShortage.planned(context, purpose, Long.MAX_VALUE, "more than an address can hold");
        }
        long bytes = bytes(length);
        if (bytes > context.device().memory() - context.bytesTaken()) {
            throw ClShortage.planned(context, purpose, bytes, "not enough is left");
        }
        if (bytes > context.device().largestBuffer()) {
            throw ClShortage.planned(context, purpose, bytes, "more than one buffer can hold");
        }
        return bytes;
    }

    private static long bytes(long floats) {
        return floats * Sizeof.cl_float;
    }

    @Override
    void release() {
        queue.context().take(-bytes);
        ClStatus.check(CL.clReleaseMemObject(memory), queue.device(), "free a buffer");
    }
}
