package dev.fovea.cli;

import picocli.CommandLine.Option;

/** {@code --threads}: how many compute. */
final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads for what runs on the CPU; all processors by default. Results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** The number of threads. */
    int value() throws UsageException {
        if (threads < 1) {
            throw new UsageException("--threads must be at least 1, not " + threads);
        }
        return threads;
    }
}
