package dev.fovea.opencl;

import dev.fovea.runtime.kernels.DeviceFullException;
import org.jocl.CL;
import org.jocl.cl_mem;

/** Memory that a device has not, and how much of it there is. */
final class ClShortage {
    /** How often the amount that the driver hands out is halved in search of it: to a four-thousandth of the request. */
    private static final int ROUNDS = 12;

    private ClShortage() {}

    /** A request that cannot be met whatever the driver says, because of what it has told about the device. */
    static DeviceFullException planned(ClContext context, String purpose, long bytes, String reason) {
        long free = Math.max(0, context.device().memory() - context.bytesTaken());
        return exception(context, purpose, bytes, free, reason);
    }

    /** A request that the driver refused; what it would have met is found by trying, for others use the device too. */
    static DeviceFullException refused(ClContext context, String purpose, long bytes, String reason) {
        long low = 0;
        long high = bytes;
        for (int round = 0; round < ROUNDS; round++) {
            long middle = low + (high - low) / 2;
            int[] status = new int[1];
            cl_mem memory = middle == 0 ? null : context.allocator().allocate(context.id(), middle, status);
            if (memory == null || status[0] != CL.CL_SUCCESS) {
                high = middle;
            } else {
                CL.clReleaseMemObject(memory);
                low = middle;
            }
        }
        return exception(context, purpose, bytes, low, reason);
    }

    private static DeviceFullException exception(
            ClContext context, String purpose, long bytes, long free, String reason) {
        ClDevice device = context.device();
        String message = String.format(
                "%s cannot hold %s for %s: %s. The device has %s, of which this model already takes %s; %s are left, and"
                        + " one buffer holds at most %s. A smaller batch needs less",
                device.label(),
                Amounts.bytes(bytes),
                purpose,
                reason,
                Amounts.bytes(device.memory()),
                Amounts.bytes(context.bytesTaken()),
                Amounts.bytes(free),
                Amounts.bytes(device.largestBuffer()));
        return new DeviceFullException(
                message, device.label(), bytes, context.bytesTaken(), free, Math.min(free, device.largestBuffer()));
    }
}
