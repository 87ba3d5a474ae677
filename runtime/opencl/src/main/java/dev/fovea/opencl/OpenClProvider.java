package dev.fovea.opencl;

import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.device.DeviceProvider;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Kernels;
import java.util.List;

/** The devices that OpenCL offers. Asking never fails: without JOCL, a loader or a driver there are none. */
public final class OpenClProvider implements DeviceProvider {
    static final String KIND = "opencl";

    /** Bytes of the largest buffer to be asked for, where a driver promises more than it keeps. */
    static final String LARGEST_BUFFER = "fovea.opencl.largest_buffer";

    /** For {@link java.util.ServiceLoader}. */
    public OpenClProvider() {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<DeviceInfo> devices() {
        return ClPlatforms.discovery().devices().stream().map(ClDevice::info).toList();
    }

    @Override
    public String absence() {
        return ClPlatforms.discovery().absence();
    }

    @Override
    public Kernels open(DeviceInfo device, int threads) {
        ClDevice found = device(device.id());
        long limit = Long.getLong(LARGEST_BUFFER, Long.MAX_VALUE);
        return OpenClKernels.open(limit > 0 ? found.withLargestBuffer(limit) : found, threads);
    }

    private ClDevice device(String id) {
        return ClPlatforms.discovery().devices().stream()
                .filter(device -> device.identifier().equals(id))
                .findFirst()
                .orElseThrow(() -> new DeviceException(
                        "there is no device " + id + (absence().isEmpty() ? "" : ": " + absence())));
    }
}
