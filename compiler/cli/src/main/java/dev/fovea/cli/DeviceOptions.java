package dev.fovea.cli;

import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.device.Devices;
import dev.fovea.runtime.kernels.DeviceException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --device} and {@code --threads}: on what a command computes. */
final class DeviceOptions {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "cpu, opencl, opencl:N or best (the default); `fovea devices` lists them.")
    private @Nullable String asked;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    /** The number of threads. */
    int threads() throws UsageException {
        return threads.value();
    }

    /** The device that the option names; found before anything is computed. */
    DeviceInfo device() throws UsageException {
        return find(asked == null ? "best" : asked);
    }

    /**
     * The device of a name.
     *
     * @param others what may stand instead of a device, to be offered for a name like it
     */
    static DeviceInfo find(String device, String... others) throws UsageException {
        try {
            return Devices.find(device).info();
        } catch (DeviceException e) {
            List<String> known = new ArrayList<>(List.of("best", "cpu", "opencl"));
            known.addAll(List.of(others));
            List<String> help = new ArrayList<>(Nearest.help(device, known));
            help.removeIf(offer -> offer.contains("`" + device + "`")); // it is known, but not on this machine
            help.add("`fovea devices` lists what was found and why");
            throw new UsageException(String.valueOf(e.getMessage()), help.toArray(new String[0]));
        }
    }
}
