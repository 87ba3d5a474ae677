package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A dotted name, such as {@code std.resnet}.
 *
 * @param parts its segments, at least one
 * @param span its place
 */
public record QualifiedName(List<Identifier> parts, Span span) implements Node {

    public QualifiedName {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a dotted name needs a segment");
        }
    }

    /** The segments joined by dots. */
    @Override
    public String toString() {
        return parts.stream().map(Identifier::name).collect(Collectors.joining("."));
    }
}
