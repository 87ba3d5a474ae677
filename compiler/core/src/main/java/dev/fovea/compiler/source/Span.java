package dev.fovea.compiler.source;

import java.util.Comparator;

/**
 * A stretch of one file, from {@code start} to {@code end}, exclusive. It may be empty.
 *
 * @param file the file it lies in
 * @param start the offset of its first character
 * @param end the offset behind its last character
 */
public record Span(SourceFile file, int start, int end) implements Comparable<Span> {

    private static final Comparator<Span> BY_PLACE = Comparator.comparing((Span span) -> span.file.path())
            .thenComparingInt(Span::start)
            .thenComparingInt(Span::end);

    public Span {
        if (start < 0 || start > end || end > file.text().length()) {
            throw new IllegalArgumentException("span " + start + ".." + end + " in a text of "
                    + file.text().length());
        }
    }

    /** Line and column of its first character. */
    public Position startPosition() {
        return file.position(start);
    }

    /** Line and column behind its last character. */
    public Position endPosition() {
        return file.position(end);
    }

    /** The line of its first character, from 1. */
    public int line() {
        return startPosition().line();
    }

    /** The text it covers. */
    public String text() {
        return file.text().substring(start, end);
    }

    /** The smallest stretch that covers both; both lie in one file. */
    public Span to(Span other) {
        if (!file.equals(other.file)) {
            throw new IllegalArgumentException("spans of two files: " + file + " and " + other.file);
        }
        return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
    }

    @Override
    public int compareTo(Span other) {
        return BY_PLACE.compare(this, other);
    }

    /** {@code path:line:column} of its first character. */
    @Override
    public String toString() {
        return file.path() + ":" + startPosition();
    }
}
