/**
 * The text form of syntax trees.
 *
 * <p>In: a tree. Out: {@code .cnn} text that parses to the same tree, in one fixed layout without the author's ordinary
 * comments: a stable form for tests and for looking at what was parsed, not the formatter. Nothing can go wrong; a broken
 * declaration is printed as a comment.
 */
@NullMarked
package dev.fovea.compiler.syntax.print;

import org.jspecify.annotations.NullMarked;
