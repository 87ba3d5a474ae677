package dev.fovea.compiler.diagnostics;

import java.util.Locale;

/** How much a diagnostic weighs. Only errors stop a build. */
public enum Severity {
    ERROR,
    WARNING,
    INFO;

    /** The word as it is shown: {@code error}, {@code warning} or {@code info}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
