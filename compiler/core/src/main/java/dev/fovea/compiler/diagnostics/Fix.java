package dev.fovea.compiler.diagnostics;

import dev.fovea.compiler.source.Span;

/**
 * A mend that an editor can apply.
 *
 * @param span the text to replace; empty where something is to be inserted
 * @param replacement the new text; empty where something is to be deleted
 * @param description what applying it does, such as "use `//` instead of `/`"
 */
public record Fix(Span span, String replacement, String description) {}
