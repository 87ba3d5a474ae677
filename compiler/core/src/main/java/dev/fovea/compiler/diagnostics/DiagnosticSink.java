package dev.fovea.compiler.diagnostics;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects diagnostics in any order and gives them back sorted. Identical ones are kept once. */
public final class DiagnosticSink {

    private final Set<Diagnostic> reported = new LinkedHashSet<>();
    private final Map<Code, Integer> counts = new EnumMap<>(Code.class);

    public void report(Diagnostic diagnostic) {
        if (reported.add(diagnostic)) {
            counts.merge(diagnostic.code(), 1, Integer::sum);
        }
    }

    /** Reports what a builder holds. */
    public void report(Diagnostic.Builder diagnostic) {
        report(diagnostic.build());
    }

    /** All diagnostics, by place. */
    public List<Diagnostic> diagnostics() {
        return reported.stream().sorted().toList();
    }

    /** How many diagnostics of one code there are. */
    public int count(Code code) {
        return counts.getOrDefault(code, 0);
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
