package dev.fovea.compiler.diagnostics;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects diagnostics in any order and gives them back sorted. Identical ones are kept once. */
public final class DiagnosticSink {

    private final Set<Diagnostic> reported = new LinkedHashSet<>();

    public void report(Diagnostic diagnostic) {
        reported.add(diagnostic);
    }

    /** Reports what a builder holds. */
    public void report(Diagnostic.Builder diagnostic) {
        report(diagnostic.build());
    }

    /** All diagnostics, by place. */
    public List<Diagnostic> diagnostics() {
        return reported.stream().sorted().toList();
    }

    public boolean hasErrors() {
        return count(Severity.ERROR) > 0;
    }

    /** How many diagnostics of one severity there are. */
    public int count(Severity severity) {
        return (int) reported.stream()
                .filter(diagnostic -> diagnostic.severity() == severity)
                .count();
    }
}
