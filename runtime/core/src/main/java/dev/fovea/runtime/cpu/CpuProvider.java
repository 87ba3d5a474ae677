package dev.fovea.runtime.cpu;

import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.device.DeviceProvider;
import dev.fovea.runtime.kernels.Kernels;
import dev.fovea.runtime.simd.SimdChoice;
import java.util.List;
import java.util.Locale;

/** The CPU this program runs on: always there. */
public final class CpuProvider implements DeviceProvider {
    /** Ranks above a CPU through OpenCL and below a GPU. */
    private static final int RANK = 20;

    @Override
    public String kind() {
        return "cpu";
    }

    @Override
    public List<DeviceInfo> devices() {
        Runtime machine = Runtime.getRuntime();
        String detail = String.format(
                Locale.ROOT,
                "%d cores, %s, heap up to %d MiB",
                machine.availableProcessors(),
                SimdChoice.best().description(),
                machine.maxMemory() >> 20);
        return List.of(new DeviceInfo("cpu", System.getProperty("os.arch", "unknown") + " CPU", detail, RANK));
    }

    @Override
    public String absence() {
        return "";
    }

    @Override
    public Kernels open(DeviceInfo device, int threads) {
        return new CpuKernels(threads, SimdChoice.best());
    }
}
