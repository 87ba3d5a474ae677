package dev.fovea.opencl;

import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.device.DeviceProvider;
import dev.fovea.runtime.kernels.DeviceException;
import dev.fovea.runtime.kernels.Kernels;
import java.util.List;

/** The devices that OpenCL offers. Asking never fails: without JOCL, a loader or a driver there are none. */
public final class OpenClProvider implements DeviceProvider {
    static final String KIND = "opencl";

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
        return OpenClKernels.open(device(device.id()), threads);
    }

    private ClDevice device(String id) {
        return ClPlatforms.discovery().devices().stream()
                .filter(device -> device.identifier().equals(id))
                .findFirst()
                .orElseThrow(() -> new DeviceException(
                        "there is no device " + id + (absence().isEmpty() ? "" : ": " + absence())));
    }
}
