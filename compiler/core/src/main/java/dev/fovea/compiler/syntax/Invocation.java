package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.List;

/**
 * A named thing with arguments, where only such a thing can stand: {@code sgd(lr=0.1)}, {@code flip_horizontal}.
 *
 * @param name its name
 * @param arguments its arguments; empty also where the parentheses are left out
 * @param span name and arguments
 */
public record Invocation(Identifier name, List<Argument> arguments, Span span) implements Node {

    public Invocation {
        arguments = List.copyOf(arguments);
    }
}
