package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.List;

/**
 * {@code @allow(unread_rows)} or {@code @round("exact")} in front of a declaration or statement.
 *
 * @param name the name behind the {@code @}
 * @param arguments what stands in its parentheses; bare words are {@link Expression.Name}s
 * @param span from the {@code @} to the end
 */
public record Annotation(Identifier name, List<Argument> arguments, Span span) implements Node {

    public Annotation {
        arguments = List.copyOf(arguments);
    }
}
