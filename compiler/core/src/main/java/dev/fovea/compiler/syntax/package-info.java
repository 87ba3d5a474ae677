/**
 * The abstract syntax of the {@code .cnn} language: what the author wrote, nothing resolved, nothing computed.
 *
 * <p>In: the parser builds these records. Out: {@link dev.fovea.compiler.syntax.SyntaxFile}, read by every later stage.
 * The tree is immutable, its node kinds are few and sealed ({@link dev.fovea.compiler.syntax.Declaration}, {@link
 * dev.fovea.compiler.syntax.Statement}, {@link dev.fovea.compiler.syntax.Expression}, {@link
 * dev.fovea.compiler.syntax.RecipeEntry}), so that switches over them are exhaustive, and every node knows its {@link
 * dev.fovea.compiler.source.Span}. Operators have no node kinds of their own: they are names. A declaration that holds a
 * fault of syntax is a {@link dev.fovea.compiler.syntax.Declaration.Broken}, or, where only its body has one, holds {@link
 * dev.fovea.compiler.syntax.Statement.Broken}.
 */
@NullMarked
package dev.fovea.compiler.syntax;

import org.jspecify.annotations.NullMarked;
