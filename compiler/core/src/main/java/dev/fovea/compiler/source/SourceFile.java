package dev.fovea.compiler.source;

import java.util.Arrays;
import java.util.Objects;

/**
 * One source text with the path under which its user knows it.
 *
 * <p>Offsets are indices into {@link #text()} (UTF-16 units). Lines end with LF or CRLF. A leading byte-order mark is not
 * part of the text.
 */
public final class SourceFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String path;
    private final String text;
    private final int[] lineStarts;

    private SourceFile(String path, String text) {
        this.path = path;
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    /**
     * Makes a source file of a text; one leading byte-order mark is dropped.
     *
     * @param path the path as messages shall show it
     * @param text the whole text
     */
    public static SourceFile of(String path, String text) {
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return new SourceFile(path, marked ? text.substring(1) : text);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', newline + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = newline + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    /** The path as messages show it. */
    public String path() {
        return path;
    }

    /** The whole text, without a byte-order mark. */
    public String text() {
        return text;
    }

    /** The number of lines; a text that ends with a line end has an empty last line. */
    public int lineCount() {
        return lineStarts.length;
    }

    /**
     * The text of a line without its line end.
     *
     * @param line the line, from 1
     */
    public String line(int line) {
        return text.substring(lineStart(line), lineEnd(line));
    }

    /**
     * The offset at which a line begins.
     *
     * @param line the line, from 1
     */
    public int lineStart(int line) {
        Objects.checkIndex(line - 1, lineStarts.length);
        return lineStarts[line - 1];
    }

    /**
     * The offset behind the last character of a line, its line end not counted.
     *
     * @param line the line, from 1
     */
    public int lineEnd(int line) {
        int start = lineStart(line);
        int end = line == lineStarts.length ? text.length() : lineStarts[line] - 1;
        return end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /**
     * The line and column of an offset.
     *
     * @param offset from 0 to the length of the text, both included
     */
    public Position position(int offset) {
        Objects.checkIndex(offset, text.length() + 1);
        int found = Arrays.binarySearch(lineStarts, offset);
        int index = found >= 0 ? found : -found - 2;
        return new Position(index + 1, text.codePointCount(lineStarts[index], offset) + 1);
    }

    /** The stretch from {@code start} to {@code end}, exclusive. */
    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    /** Files are equal when their path and text are. */
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof SourceFile file && path.equals(file.path) && text.equals(file.text));
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path;
    }
}
