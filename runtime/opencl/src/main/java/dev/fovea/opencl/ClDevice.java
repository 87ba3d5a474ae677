package dev.fovea.opencl;

import dev.fovea.runtime.device.DeviceInfo;
import java.util.List;
import java.util.Locale;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * A device and what its driver says about it, asked once.
 *
 * @param index its place among the devices found, from 0
 * @param platform the platform it belongs to
 * @param id its handle, which lives as long as the process
 * @param kind GPU, CPU or something else
 * @param name as its maker names it
 * @param platformVersion the platform's name and version
 * @param driver the driver's version
 * @param units compute units
 * @param memory bytes of global memory
 * @param largestBuffer bytes of the largest single allocation
 * @param localMemory bytes of local memory a work-group may use
 * @param largestGroup work-items in the largest work-group
 * @param groupLimits the largest work-group along each axis
 * @param vectorWidth floats in a native vector
 */
record ClDevice(
        int index,
        cl_platform_id platform,
        cl_device_id id,
        Kind kind,
        String name,
        String platformVersion,
        String driver,
        int units,
        long memory,
        long largestBuffer,
        long localMemory,
        long largestGroup,
        List<Long> groupLimits,
        int vectorWidth) {
    /** What matters when choosing a device, and how to cut the work for it. */
    enum Kind {
        GPU(30),
        CPU(10),
        OTHER(5);

        private final int rank;

        Kind(int rank) {
            this.rank = rank;
        }
    }

    ClDevice {
        groupLimits = List.copyOf(groupLimits);
    }

    /** The same device, taken for one whose largest buffer is no larger than this. */
    ClDevice withLargestBuffer(long bytes) {
        return new ClDevice(
                index,
                platform,
                id,
                kind,
                name,
                platformVersion,
                driver,
                units,
                memory,
                Math.min(largestBuffer, bytes),
                localMemory,
                largestGroup,
                groupLimits,
                vectorWidth);
    }

    /** How the user names it: {@code opencl:0}. */
    String identifier() {
        return OpenClProvider.KIND + ":" + index;
    }

    /** How messages name it: {@code opencl:0 (NVIDIA H100)}. */
    String label() {
        return identifier() + " (" + name + ")";
    }

    /** What tells one compiler's output from another's. */
    String compilerIdentity() {
        return String.join("\n", platformVersion, name, driver);
    }

    /** What {@code fovea devices} shows. */
    DeviceInfo info() {
        String detail = String.format(
                Locale.ROOT,
                "%s, driver %s, %s, %d compute units, %s memory, %s largest buffer, %s local memory",
                platformVersion,
                driver,
                kind == Kind.OTHER ? "accelerator" : kind.name(),
                units,
                Amounts.bytes(memory),
                Amounts.bytes(largestBuffer),
                Amounts.bytes(localMemory));
        return new DeviceInfo(identifier(), name, detail, kind.rank);
    }
}
