package dev.fovea.compiler.diagnostics;

import dev.fovea.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which of very many diagnostics are shown: nobody reads a thousand, and a hostile file has ten thousand. */
public final class Shown {
    /** So many diagnostics of one check are shown. */
    public static final int LIMIT = 1_000;

    private Shown() {}

    /** All of them, or the first {@link #LIMIT}, errors before warnings, and one more that says how many are not shown. */
    public static List<Diagnostic> of(List<Diagnostic> sorted) {
        if (sorted.size() <= LIMIT) {
            return sorted;
        }
        List<Diagnostic> shown = new ArrayList<>(Stream.concat(
                        sorted.stream().filter(one -> one.severity() == Severity.ERROR),
                        sorted.stream().filter(one -> one.severity() != Severity.ERROR))
                .limit(LIMIT)
                .sorted()
                .toList());
        Span last = shown.get(shown.size() - 1).span();
        int left = sorted.size() - shown.size();
        shown.add(Diagnostic.of(
                        Code.TOO_MANY_FAULTS,
                        new Span(last.file(), last.end(), last.end()),
                        left + " more are not shown")
                .note("shown: the first " + LIMIT + ", errors before warnings")
                .build());
        return shown;
    }
}
