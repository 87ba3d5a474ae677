package dev.fovea.opencl;

import dev.fovea.runtime.kernels.Kernels;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The device that the tests use: the first there is. Its programs are cached in the build's own folder. */
final class TestDevice {
    private static final Logger LOGGER = Logger.getLogger(TestDevice.class.getPackageName());

    static {
        LOGGER.setLevel(Level.SEVERE); // or every operator's fallback is told in every test
        System.setProperty(TileTuning.PROPERTY, "off"); // no test depends on the clock
        System.setProperty(
                ProgramCache.PROPERTY,
                Path.of("target", "opencl-programs").toAbsolutePath().toString());
    }

    private TestDevice() {}

    /** The device. */
    static ClDevice first() {
        return ClPlatforms.discovery().devices().get(0);
    }

    /** The device, taken for a GPU: work is cut for groups of many items, whatever runs them. */
    static ClDevice asGpu() {
        ClDevice device = first();
        return new ClDevice(
                device.index(),
                device.platform(),
                device.id(),
                ClDevice.Kind.GPU,
                device.name(),
                device.platformVersion(),
                device.driver(),
                16,
                device.memory(),
                device.largestBuffer(),
                Math.min(device.localMemory(), 32 << 10),
                Math.min(device.largestGroup(), 256),
                device.groupLimits(),
                1);
    }

    /** The device, taken for one with so many bytes of memory. */
    static ClDevice withMemory(long bytes) {
        ClDevice device = first();
        return new ClDevice(
                device.index(),
                device.platform(),
                device.id(),
                device.kind(),
                device.name(),
                device.platformVersion(),
                device.driver(),
                device.units(),
                bytes,
                Math.min(bytes, device.largestBuffer()),
                device.localMemory(),
                device.largestGroup(),
                device.groupLimits(),
                device.vectorWidth());
    }

    /** Kernels on it. */
    static Kernels open() {
        return OpenClKernels.open(first(), 2);
    }

    /** Kernels on it, cut as for a GPU. */
    static Kernels openAsGpu() {
        return OpenClKernels.open(asGpu(), 2);
    }

    /** Kernels on it that leave every operator to the CPU. */
    static Kernels openWithoutOperators() {
        return OpenClKernels.withoutOperators(first(), 2);
    }

    /** What kernels work with, on it. */
    static ClWork work() {
        return new ClWork(first(), ProgramCache.ofUser());
    }
}
