/**
 * Source texts and places in them.
 *
 * <p>In: the text of a {@code .cnn} file and the path under which its user knows it. Out: {@link
 * dev.fovea.compiler.source.SourceFile}, which turns offsets into lines and columns, and {@link
 * dev.fovea.compiler.source.Span}, a stretch of one file. Nothing here can go wrong but a caller's own mistake (an offset
 * outside the text), which throws.
 */
@NullMarked
package dev.fovea.compiler.source;

import org.jspecify.annotations.NullMarked;
