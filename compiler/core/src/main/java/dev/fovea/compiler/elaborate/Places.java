package dev.fovea.compiler.elaborate;

import dev.fovea.compiler.source.Span;

/** Places in running text. */
final class Places {
    private Places() {}

    /** {@code on line 8}, or {@code on line 8 of blocks.cnn} for a reader in another file. */
    static String line(Span place, Span reader) {
        String line = "on line " + place.line();
        return place.file().equals(reader.file()) ? line : line + " of " + place.file();
    }

    /** Whether one place lies within another, or is it. */
    static boolean within(Span outer, Span inner) {
        return outer.start() <= inner.start()
                && inner.end() <= outer.end()
                && outer.file().equals(inner.file());
    }
}
