package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import java.util.List;

/**
 * A computation on compile-time values that has no result. Carries what is to be said of it; where it happened, the
 * evaluator knows.
 */
@SuppressWarnings("serial") // never serialized
final class BadValue extends Exception {
    private final Code code;
    private final String label;
    private final List<String> help;

    BadValue(Code code, String message, String label, String... help) {
        super(message, null, false, false);
        this.code = code;
        this.label = label;
        this.help = List.of(help);
    }

    /** The fault at a place. */
    Diagnostic.Builder at(Span span) {
        Diagnostic.Builder fault =
                Diagnostic.of(code, span, String.valueOf(getMessage())).label(label);
        help.forEach(fault::help);
        return fault;
    }
}
