/**
 * A file with nothing left out: every token and every comment, in the tree of the grammar's rules.
 *
 * <p>In: made by the parser, of files without faults of syntax. Out: what works on the text itself, as the formatter does.
 * What works on meaning has {@link dev.fovea.compiler.syntax}. Nothing can go wrong.
 */
@NullMarked
package dev.fovea.compiler.syntax.concrete;

import org.jspecify.annotations.NullMarked;
