package dev.fovea.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process has held at most. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "VmHWM:";

    private PeakMemory() {}

    /** The largest resident set in bytes, from Linux; elsewhere what the Java machine has taken from the system now. */
    static long bytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(FIELD)) {
                    return Long.parseLong(line.substring(FIELD.length())
                                    .replace("kB", "")
                                    .strip())
                            << 10;
                }
            }
        } catch (IOException notLinux) {
            return Runtime.getRuntime().totalMemory();
        }
        return Runtime.getRuntime().totalMemory();
    }
}
