package dev.fovea.compiler.format;

import java.util.List;

/** Makes documents. */
final class Docs {

    /** Breaks if need be; a space otherwise. */
    static final Doc LINE = new Doc.Line(" ");

    /** Breaks if need be; nothing otherwise. */
    static final Doc SOFT = new Doc.Line("");

    /** A line end. */
    static final Doc HARD = new Doc.Hard(1);

    /** A space. */
    static final Doc SPACE = new Doc.Text(" ");

    private Docs() {}

    /** Characters of one line. */
    static Doc text(String text) {
        return new Doc.Text(text);
    }

    /** One after the other. */
    static Doc of(Doc... parts) {
        return of(List.of(parts));
    }

    /** One after the other. */
    static Doc of(List<Doc> parts) {
        int width = 0;
        for (Doc part : parts) {
            width = Math.min(Doc.BROKEN, width + part.width());
        }
        return new Doc.Concat(List.copyOf(parts), width);
    }

    /** Indented by one step. */
    static Doc nest(Doc inner) {
        return new Doc.Nest(2, inner);
    }

    /** On one line if that fits. */
    static Doc group(Doc... parts) {
        return new Doc.Group(of(parts));
    }
}
