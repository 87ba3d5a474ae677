package dev.fovea.opencl;

import dev.fovea.runtime.kernels.DeviceException;
import org.jocl.CL;

/** Turns the status that every OpenCL call returns into a message. */
final class ClStatus {
    private ClStatus() {}

    /**
     * Returns when the status is a success.
     *
     * @param device where it happened
     * @param action what was being done, to follow "could not": {@code read from a buffer}
     * @throws DeviceException for any other status
     */
    static void check(int status, ClDevice device, String action) {
        if (status != CL.CL_SUCCESS) {
            throw failure(status, device, action);
        }
    }

    /** The exception for a status that is not a success. */
    static DeviceException failure(int status, ClDevice device, String action) {
        return new DeviceException(device.label() + " could not " + action + ": " + name(status));
    }

    /** The name of a status in the OpenCL headers, with its number where there is none. */
    static String name(int status) {
        return status == -1001 ? "CL_PLATFORM_NOT_FOUND_KHR" : CL.stringFor_errorCode(status);
    }
}
