package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;

/**
 * The {@code ///} comment of a declaration.
 *
 * @param text its lines without the slashes and the one space behind them, joined by LF
 * @param span from the first line's slashes to the end of the last line
 */
public record Documentation(String text, Span span) implements Node {}
