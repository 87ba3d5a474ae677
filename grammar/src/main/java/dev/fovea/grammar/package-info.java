/**
 * The lexer and parser that ANTLR generates from {@code CnnLexer.g4} and {@code CnnParser.g4}.
 *
 * <p>In: characters. Out: a parse tree, which only {@code dev.fovea.compiler.parse} reads and turns into an immutable
 * syntax tree with messages in human words. The generated code is not annotated for nullness.
 */
@NullUnmarked
package dev.fovea.grammar;

import org.jspecify.annotations.NullUnmarked;
