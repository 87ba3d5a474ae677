package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.diagnostics.Related;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Faults found while bodies are worked through. A body may be worked through many times; a fault in it is said once, with
 * the calls that led there.
 */
public final class Faults {
    private static final int CALLS_SHOWN = 4;
    private static final int OTHERS_SHOWN = 2;

    /** So many reports of one place are looked at for calls that differ. */
    private static final int ALIKE = 100;

    private final DiagnosticSink sink;
    private final Set<Place> reportedBefore = new HashSet<>();
    private final Map<Place, Entry> entries = new LinkedHashMap<>();
    private int errors;

    private record Place(Code code, Span span) {}

    private static final class Entry {
        private final Diagnostic first;
        private final Set<List<CallPath.Call>> paths = new LinkedHashSet<>();
        private int occurrences;

        private Entry(Diagnostic first) {
            this.first = first;
        }
    }

    /** Faults on top of those that earlier stages have reported. */
    public Faults(DiagnosticSink sink) {
        this.sink = sink;
        sink.diagnostics().forEach(known -> reportedBefore.add(new Place(known.code(), known.span())));
    }

    /** Takes a fault that happened in a body that was called so. */
    void report(Diagnostic.Builder builder, CallPath path) {
        Diagnostic fault = builder.build();
        if (fault.severity() == Severity.ERROR) {
            errors++;
        }
        Place place = new Place(fault.code(), fault.span());
        if (reportedBefore.contains(place)) {
            return;
        }
        Entry entry = entries.computeIfAbsent(place, key -> new Entry(fault));
        entry.occurrences++;
        if (entry.paths.size() <= OTHERS_SHOWN + 1) {
            entry.paths.add(path.calls());
        }
    }

    /**
     * Whether nothing would be added by reporting a warning here once more, which then counts as reported. Saves making
     * it: a `repeat` may meet it a million times.
     */
    boolean isRepetition(Code code, Span span) {
        Entry entry = entries.get(new Place(code, span));
        if (entry == null || entry.occurrences < ALIKE) {
            return false;
        }
        entry.occurrences++;
        return true;
    }

    /** Whether a fault of this kind was met here before, so that another report adds its calls at most. */
    boolean isKnown(Diagnostic.Builder fault) {
        Place place = new Place(fault.code(), fault.span());
        return entries.containsKey(place) || reportedBefore.contains(place);
    }

    /** Takes a fault of a place that is not called. */
    public void report(Diagnostic.Builder builder) {
        report(builder, CallPath.OUTERMOST);
    }

    /** How often an error was met, repetitions included. */
    public int errors() {
        return errors;
    }

    /** Hands everything on, and begins anew. */
    public void flush() {
        for (Entry entry : entries.values()) {
            sink.report(withCalls(entry));
            reportedBefore.add(new Place(entry.first.code(), entry.first.span()));
        }
        entries.clear();
    }

    private static Diagnostic withCalls(Entry entry) {
        Diagnostic first = entry.first;
        List<Related> related = new ArrayList<>(first.related());
        Set<Span> shown = new HashSet<>(Set.of(first.span()));
        related.forEach(one -> shown.add(one.span()));
        List<List<CallPath.Call>> paths = List.copyOf(entry.paths);
        paths.get(0).stream()
                .filter(call -> shown.add(call.span()))
                .limit(CALLS_SHOWN)
                .forEach(call -> related.add(new Related(call.span(), call.text())));
        List<String> notes = new ArrayList<>(first.notes());
        int others = 0;
        for (List<CallPath.Call> path : paths.subList(1, paths.size())) {
            for (CallPath.Call call : path) {
                if (others < OTHERS_SHOWN && shown.add(call.span())) {
                    related.add(new Related(call.span(), "and " + call.text()));
                    others++;
                    break;
                }
            }
        }
        if (entry.occurrences > 1 + others) {
            notes.add("met " + entry.occurrences + " times in all");
        }
        return new Diagnostic(
                first.code(),
                first.severity(),
                first.span(),
                first.message(),
                first.label(),
                related,
                notes,
                first.help(),
                first.fixes());
    }
}
