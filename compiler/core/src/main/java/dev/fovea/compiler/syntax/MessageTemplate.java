package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.List;

/**
 * The message of an {@code assert}: text with expressions in braces.
 *
 * @param parts its parts in order; no two texts follow one another
 * @param span the string with its quotes
 */
public record MessageTemplate(List<Part> parts, Span span) implements Node {

    public MessageTemplate {
        parts = List.copyOf(parts);
    }

    /** A part of a message. */
    public sealed interface Part extends Node {}

    /**
     * Text, its escapes resolved.
     *
     * @param text the text
     * @param span its place
     */
    public record Text(String text, Span span) implements Part {}

    /**
     * An expression in braces, whose value is put in.
     *
     * @param expression the expression
     * @param span with the braces
     */
    public record Hole(Expression expression, Span span) implements Part {}
}
