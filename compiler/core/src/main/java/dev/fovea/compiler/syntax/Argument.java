package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;
import java.util.Optional;

/**
 * An argument of a call. In a list of arguments the named ones come last.
 *
 * @param name its name, where it is given by name
 * @param value its value
 * @param span name and value
 */
public record Argument(Optional<Identifier> name, Expression value, Span span) implements Node {}
