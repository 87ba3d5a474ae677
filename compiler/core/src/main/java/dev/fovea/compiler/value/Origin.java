package dev.fovea.compiler.value;

import dev.fovea.compiler.source.Span;
import java.util.Optional;

/**
 * How a name got its value.
 *
 * @param kind by what
 * @param place of the expression whose value it is
 * @param scope the names that this expression sees; empty where they say nothing more
 */
public record Origin(Kind kind, Span place, Optional<Scope> scope) {
    /** What gives values to names. */
    public enum Kind {
        /** An argument of a call. */
        ARGUMENT,
        /** The default of a parameter. */
        DEFAULT,
        /** A {@code let}. */
        DEFINITION,
        /** The count of a {@code repeat}. */
        COUNT
    }
}
