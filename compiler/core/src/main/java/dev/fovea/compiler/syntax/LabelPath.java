package dev.fovea.compiler.syntax;

import dev.fovea.compiler.source.Span;

/**
 * A layer's label or the beginning of one, as {@code freeze} and {@code layerwise} name it.
 *
 * @param text segments joined by dots, such as {@code layer1.0.conv1}
 * @param span its place
 */
public record LabelPath(String text, Span span) implements Node {

    @Override
    public String toString() {
        return text;
    }
}
