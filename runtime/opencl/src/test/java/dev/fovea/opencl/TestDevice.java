package dev.fovea.opencl;

import dev.fovea.runtime.kernels.Kernels;
import java.nio.file.Path;

/** The device that the tests use: the first there is. Its programs are cached in the build's own folder. */
final class TestDevice {
    private static final java.util.logging.Logger LOGGER = java.util.logging.Logger.getLogger("dev.fovea.opencl");

    static {
        LOGGER.setLevel(java.util.logging.Level.SEVERE); // hundreds of fallbacks
        System.setProperty(
                ProgramCache.PROPERTY,
                Path.of("target", "opencl-programs").toAbsolutePath().toString());
    }

    private TestDevice() {}

    /** The device. */
    static ClDevice first() {
        return ClPlatforms.discovery().devices().get(0);
    }

    /** Kernels on it. */
    static Kernels open() {
        return OpenClKernels.open(first(), 2);
    }

    /** What kernels work with, on it. */
    static ClWork work() {
        return new ClWork(first(), ProgramCache.ofUser());
    }
}
