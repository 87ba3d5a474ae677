package dev.fovea.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code --format}: for people or for programs. */
final class FormatOption {
    /** How results are written. */
    enum Format {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "text for people (the default) or json for programs.")
    private Format format = Format.TEXT;

    boolean json() {
        return format == Format.JSON;
    }
}
