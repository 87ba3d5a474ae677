package dev.fovea.compiler.diagnostics;

import dev.fovea.compiler.source.Span;

/**
 * A second place that a diagnostic points to.
 *
 * @param span the place
 * @param message what it has to do with the fault
 */
public record Related(Span span, String message) {}
