package dev.fovea.compiler.diagnostics;

import dev.fovea.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One thing the compiler has to say. Prose is lower case, without a final full stop, names in backticks.
 *
 * @param code what kind of thing it is
 * @param severity how much it weighs
 * @param span the place at fault
 * @param message what is wrong; it stands alone
 * @param label what stands beside the underlined text; may be empty
 * @param related other places that belong to it
 * @param notes facts, each with its own heading: {@code input: [16, 5, 5], from maxpool on line 8}
 * @param help likely mends in words
 * @param fixes mends that are certain, so that a tool may apply them unasked; each is one by itself
 */
public record Diagnostic(
        Code code,
        Severity severity,
        Span span,
        String message,
        String label,
        List<Related> related,
        List<String> notes,
        List<String> help,
        List<Fix> fixes)
        implements Comparable<Diagnostic> {

    private static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(Diagnostic::span)
            .thenComparing(Diagnostic::severity)
            .thenComparing(Diagnostic::code)
            .thenComparing(Diagnostic::message);

    public Diagnostic {
        if (message.isBlank()) {
            throw new IllegalArgumentException(code + " needs a message");
        }
        related = List.copyOf(related);
        notes = List.copyOf(notes);
        help = List.copyOf(help);
        fixes = List.copyOf(fixes);
    }

    /** Begins a diagnostic with the severity that its code has by default. */
    public static Builder of(Code code, Span span, String message) {
        return new Builder(code, span, message);
    }

    /** Ordered by file, place, severity, code and message, so that every run reports in the same order. */
    @Override
    public int compareTo(Diagnostic other) {
        return BY_PLACE.compare(this, other);
    }

    /** {@code path:line:column: error[CNN0301]: message}, for logs and assertions. */
    @Override
    public String toString() {
        return span + ": " + severity.word() + "[" + code.id() + "]: " + message;
    }

    /** Collects the optional parts of a diagnostic. */
    public static final class Builder {

        private final Code code;
        private final Span span;
        private final String message;
        private Severity severity;
        private String label = "";
        private final List<Related> related = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<String> help = new ArrayList<>();
        private final List<Fix> fixes = new ArrayList<>();

        private Builder(Code code, Span span, String message) {
            this.code = code;
            this.span = span;
            this.message = message;
            this.severity = code.severity();
        }

        /** The code that it will have. */
        public Code code() {
            return code;
        }

        /** The place that it will have. */
        public Span span() {
            return span;
        }

        public Builder severity(Severity newSeverity) {
            severity = newSeverity;
            return this;
        }

        /** The text beside the underlining. */
        public Builder label(String newLabel) {
            label = newLabel;
            return this;
        }

        public Builder related(Span place, String text) {
            related.add(new Related(place, text));
            return this;
        }

        /** A fact under its own heading, such as {@code input: [16, 5, 5]}. */
        public Builder note(String text) {
            notes.add(text);
            return this;
        }

        public Builder help(String text) {
            help.add(text);
            return this;
        }

        public Builder fix(Span place, String replacement, String description) {
            fixes.add(new Fix(place, replacement, description));
            return this;
        }

        /** A warning ends with how to say that it is meant so. */
        public Diagnostic build() {
            if (code.severity() == Severity.WARNING && severity == Severity.WARNING) {
                String meant = "if it is meant so, put `@allow(" + code.word() + ")` in front";
                if (!help.contains(meant)) {
                    help.add(meant);
                }
            }
            return new Diagnostic(code, severity, span, message, label, related, notes, help, fixes);
        }
    }
}
