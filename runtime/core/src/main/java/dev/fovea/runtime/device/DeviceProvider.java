package dev.fovea.runtime.device;

import dev.fovea.runtime.kernels.Kernels;
import java.util.List;

/** A kind of device: the CPU, OpenCL. */
public interface DeviceProvider {
    /** The name before the colon: {@code cpu}, {@code opencl}. */
    String kind();

    /** The devices found; an empty list when there are none or the driver is broken, which was logged in one line. */
    List<DeviceInfo> devices();

    /** Why {@link #devices} is empty, or an empty string. */
    String absence();

    /**
     * Opens a device of {@link #devices}.
     *
     * @param threads for what runs on the CPU; at least 1
     * @throws dev.fovea.runtime.kernels.DeviceException when it cannot be opened
     */
    Kernels open(DeviceInfo device, int threads);
}
