package dev.fovea.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --threads}: how many compute. */
final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads for what runs on the CPU; all processors by default. Results do not depend on it.")
    private @Nullable Integer threads;

    /** The number of threads. */
    int value() throws UsageException {
        return value(Runtime.getRuntime().availableProcessors());
    }

    /** The number of threads, or the usual one. */
    int value(int usual) throws UsageException {
        int value = threads == null ? usual : threads;
        if (value < 1) {
            throw new UsageException("--threads must be at least 1, not " + value);
        }
        return value;
    }
}
