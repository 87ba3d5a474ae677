/**
 * What the compiler has to say, as data, and its two renderings.
 *
 * <p>In: each stage reports {@link dev.fovea.compiler.diagnostics.Diagnostic}s to a {@link
 * dev.fovea.compiler.diagnostics.DiagnosticSink}. Out: sorted lists of them, rendered by {@link
 * dev.fovea.compiler.diagnostics.TextRenderer} for people and {@link dev.fovea.compiler.diagnostics.JsonRenderer} for
 * programs. Every code stands in {@link dev.fovea.compiler.diagnostics.Code} and has a page of the same name, {@code
 * CNN0301.md}, beside this package's classes. A user's mistake is never an exception.
 */
@NullMarked
package dev.fovea.compiler.diagnostics;

import org.jspecify.annotations.NullMarked;
