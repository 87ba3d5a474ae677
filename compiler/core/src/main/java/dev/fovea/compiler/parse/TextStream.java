package dev.fovea.compiler.parse;

import dev.fovea.compiler.source.SourceFile;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/** The characters of a source file in UTF-16 units, so that the offsets of tokens are offsets of the file's text. */
final class TextStream implements CharStream {

    private final SourceFile source;
    private final String text;
    private final int end;
    private int index;

    /** A stream over the characters from {@code start} to {@code end}, exclusive, of a file. */
    TextStream(SourceFile source, int start, int end) {
        this.source = source;
        this.text = source.text();
        this.index = start;
        this.end = end;
    }

    @Override
    public void consume() {
        if (index >= end) {
            throw new IllegalStateException("no character behind the last one");
        }
        index++;
    }

    @Override
    public int LA(int distance) {
        int at = distance > 0 ? index + distance - 1 : index + distance;
        return distance == 0 ? 0 : at < 0 || at >= end ? IntStream.EOF : text.charAt(at);
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return index;
    }

    @Override
    public void seek(int newIndex) {
        index = Math.min(newIndex, end);
    }

    @Override
    public int size() {
        return end;
    }

    @Override
    public String getSourceName() {
        return source.path();
    }

    @Override
    public String getText(Interval interval) {
        return text.substring(interval.a, Math.min(interval.b + 1, end));
    }
}
