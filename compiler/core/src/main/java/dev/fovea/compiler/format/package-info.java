/**
 * The one layout of {@code .cnn} files.
 *
 * <p>In: the concrete syntax tree of a file. Out: its text in the canonical layout, with every comment, and with the same
 * tokens in the same order (but for a comma behind the last element of a list), so that the meaning is kept by
 * construction. {@link dev.fovea.compiler.format.Formatter} is the entry; the classes named {@code …Layout} turn the tree into
 * a {@link dev.fovea.compiler.format.Doc}, {@link dev.fovea.compiler.format.DocPrinter} decides where lines break, {@link
 * dev.fovea.compiler.format.Columns} aligns what stands in columns.
 *
 * <p>Where a pipeline, a list or a sum breaks is the author's choice: a break that stands in front of an element is kept, for
 * what shares a line says what belongs together. Everything else is decided here.
 */
@NullMarked
package dev.fovea.compiler.format;

import org.jspecify.annotations.NullMarked;
