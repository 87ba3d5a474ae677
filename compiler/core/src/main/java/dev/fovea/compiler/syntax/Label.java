package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.List;

/**
 * The label of a stage, such as {@code conv1}, {@code downsample.0} or {@code denselayer{i + 1}}.
 *
 * @param parts its parts in order, at least one; no two texts follow one another; dots are part of the texts
 * @param span without the colon
 */
public record Label(List<Part> parts, Span span) implements Node {

    public Label {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a label needs a part");
        }
    }

    /** A part of a label. */
    public sealed interface Part extends Node {}

    /**
     * Letters, digits, underscores and dots.
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
