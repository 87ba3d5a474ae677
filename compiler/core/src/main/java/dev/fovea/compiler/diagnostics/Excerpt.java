package dev.fovea.compiler.diagnostics;

import dev.fovea.compiler.source.Position;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;

/**
 * The line of a span as it is shown, cut to a window where it is very long.
 *
 * @param text the line or the part of it that is shown
 * @param indent white space as wide as what stands before the span; tabs stay tabs, so that both lines align
 * @param width how many columns to underline, at least 1
 */
record Excerpt(String text, String indent, int width) {

    /** Lines longer than this are cut, lest one hostile line fill the screen once for every fault in it. */
    private static final int WINDOW = 160;

    /** Columns kept in front of the fault when a line is cut. */
    private static final int LEAD = 40;

    private static final String ELLIPSIS = "…";

    static Excerpt of(Span span) {
        SourceFile file = span.file();
        Position start = span.startPosition();
        int lineEnd = file.lineEnd(start.line());
        int[] line = file.text()
                .substring(file.lineStart(start.line()), lineEnd)
                .codePoints()
                .toArray();
        int from = Math.min(start.column() - 1, line.length);
        int until = span.end() >= lineEnd ? line.length : span.endPosition().column() - 1;
        int first = line.length > WINDOW ? Math.max(0, from - LEAD) : 0;
        int last = Math.min(line.length, first + WINDOW);
        String before = first > 0 ? ELLIPSIS : "";
        String after = last < line.length ? ELLIPSIS : "";
        StringBuilder indent = new StringBuilder(" ".repeat(before.length()));
        for (int i = first; i < from; i++) {
            indent.append(line[i] == '\t' ? '\t' : ' ');
        }
        String text = before + printable(new String(line, first, last - first)) + after;
        return new Excerpt(text, indent.toString(), Math.max(1, Math.min(until, last) - from));
    }

    /** The text with control characters made visible: text from a file must not steer a terminal. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isHarmless(c) ? c : 0xFFFD));
        return out.toString();
    }

    /** As {@link #printable}, but line ends stay. */
    static String printableLines(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(c == '\n' || isHarmless(c) ? c : 0xFFFD));
        return out.toString();
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == '\t';
            // Directional marks and the like can make a line read as something else than it is.
            case Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
