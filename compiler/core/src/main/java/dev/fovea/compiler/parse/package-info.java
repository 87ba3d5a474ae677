/**
 * From text to syntax tree.
 *
 * <p>In: a {@link dev.fovea.compiler.source.SourceFile}, or the bytes of one. Out: a {@link
 * dev.fovea.compiler.syntax.SyntaxFile}, always, and diagnostics CNN0001 to CNN0199 in the sink. A declaration that holds
 * a fault comes out as {@link dev.fovea.compiler.syntax.Declaration.Broken}; the others come out whole. No text throws.
 *
 * <p>The tour: {@link dev.fovea.compiler.parse.Parser} runs the generated lexer and parser; {@code LexicalFaults} reports
 * tokens that are none; {@code SyntaxErrorStrategy} decides where to go on after a fault and {@code SyntaxMessages} puts it
 * into words; the builders turn the parse tree into records, one builder a kind of node, and check what the grammar leaves
 * open. ANTLR's types do not leave this package.
 */
@NullMarked
package dev.fovea.compiler.parse;

import org.jspecify.annotations.NullMarked;
