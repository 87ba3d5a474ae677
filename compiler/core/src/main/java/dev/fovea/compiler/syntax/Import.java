package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** An import of names from another file, found by its package. */
public sealed interface Import extends Node {

    /** The package of the other file. */
    QualifiedName from();

    /**
     * {@code import a.b.{C, D as E}}, {@code import a.b.C} or {@code import a.b.C as D}.
     *
     * @param from {@code a.b}
     * @param names the names taken from it, at least one
     * @param span all of it
     */
    record Names(QualifiedName from, List<ImportedName> names, Span span) implements Import {

        public Names {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("an import of names needs a name");
            }
        }
    }

    /**
     * {@code import a.b.*}.
     *
     * @param from {@code a.b}
     * @param span all of it
     */
    record Everything(QualifiedName from, Span span) implements Import {}

    /**
     * One name of an import.
     *
     * @param name its name in the other file
     * @param alias the name it gets here, where that differs
     * @param span all of it
     */
    record ImportedName(Identifier name, Optional<Identifier> alias, Span span) implements Node {

        /** The name by which this file knows it. */
        public Identifier localName() {
            return alias.orElse(name);
        }
    }
}
