package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.List;

/**
 * The shape behind {@code ::}.
 *
 * @param sizes one a dimension, without the batch axis
 * @param span with its brackets
 */
public record ShapePattern(List<Size> sizes, Span span) implements Node {

    public ShapePattern {
        sizes = List.copyOf(sizes);
    }

    /** What a pattern says of one dimension. */
    public sealed interface Size extends Node {}

    /**
     * {@code _}: any size.
     *
     * @param span its place
     */
    public record Any(Span span) implements Size {}

    /**
     * A size that must be equal.
     *
     * @param value the size
     * @param span its place
     */
    public record Exactly(Expression value, Span span) implements Size {}
}
