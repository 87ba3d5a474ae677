package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;

/**
 * A name where one is declared or named directly, such as the name of a block or of an argument.
 *
 * @param name the name, {@code [A-Za-z_][A-Za-z0-9_]*}
 * @param span its place
 */
public record Identifier(String name, Span span) implements Node {

    @Override
    public String toString() {
        return name;
    }
}
