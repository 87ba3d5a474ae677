package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A type of compile-time values as written. */
public sealed interface TypeReference extends Node {

    /**
     * A type without parts.
     *
     * @param kind which one
     * @param span its place
     */
    record Simple(Kind kind, Span span) implements TypeReference {

        @Override
        public String toString() {
            return kind.word();
        }
    }

    /**
     * A list type, {@code [T]}.
     *
     * @param element the type of its elements
     * @param span its place
     */
    record ListOf(TypeReference element, Span span) implements TypeReference {

        @Override
        public String toString() {
            return "[" + element + "]";
        }
    }

    /** The types without parts. */
    enum Kind {
        INT,
        FLOAT,
        BOOL,
        STRING,
        BLOCK;

        /** The word that names the type in a source text. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The type that a word names. */
        public static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }
    }
}
