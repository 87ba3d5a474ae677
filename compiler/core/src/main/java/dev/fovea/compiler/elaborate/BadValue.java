package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * A computation on compile-time values that has no result. Carries what is to be said of it; where it happened, the
 * evaluator knows.
 */
@SuppressWarnings("serial") // never serialized
final class BadValue extends Exception {
    private final Code code;
    private final String label;
    private final List<String> help;
    private final Optional<Misspelling> misspelling;

    /** A name and those that it may have been meant as. */
    record Misspelling(String name, List<String> candidates) {}

    BadValue(Code code, String message, String label, String... help) {
        this(code, message, label, List.of(help), Optional.empty());
    }

    private BadValue(Code code, String message, String label, List<String> help, Optional<Misspelling> misspelling) {
        super(message, null, false, false);
        this.code = code;
        this.label = label;
        this.help = help;
        this.misspelling = misspelling;
    }

    /** A name that is none of these; the place of the fault is the name's. */
    static BadValue misspelt(Code code, String message, String label, Misspelling misspelling) {
        return new BadValue(code, message, label, List.of(), Optional.of(misspelling));
    }

    /** The fault at a place. */
    Diagnostic.Builder at(Span span) {
        Diagnostic.Builder fault =
                Diagnostic.of(code, span, String.valueOf(getMessage())).label(label);
        help.forEach(fault::help);
        misspelling.ifPresent(one -> suggest(fault, span, one));
        return fault;
    }

    private static void suggest(Diagnostic.Builder fault, Span span, Misspelling misspelling) {
        if (!Nearest.suggest(fault, span, misspelling.name(), misspelling.candidates())) {
            fault.help("there are " + Nearest.list(misspelling.candidates(), "and"));
        }
    }
}
