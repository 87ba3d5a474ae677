package dev.fovea.compiler.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines with columns in them: the shapes of a pipeline stand below one another, and so do the comments at the ends of
 * consecutive lines.
 */
final class Columns {

    private static final int GAP = 2;

    private final List<LineText> lines = new ArrayList<>(List.of(new LineText()));

    /** A line; {@code shape} is the offset of its column of shapes, or −1. */
    private static final class LineText {
        private final StringBuilder text = new StringBuilder();
        private int column;
        private int shape = -1;
        private String remark = "";

        private int width(int end) {
            return text.codePointCount(0, end);
        }
    }

    private LineText last() {
        return lines.get(lines.size() - 1);
    }

    /** The column at which the next character will stand, from 0. */
    int column() {
        return last().width(last().text.length());
    }

    /** Writes characters of the line, or a comment of several. */
    void append(String text) {
        String[] parts = text.split("\n", -1);
        last().text.append(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            lines.add(new LineText());
            last().text.append(parts[i]);
        }
    }

    /** Writes a comment that ends the line. */
    void remark(String text) {
        String[] parts = text.split("\n", -1);
        last().remark += (last().remark.isEmpty() ? "" : " ") + parts[0];
        for (int i = 1; i < parts.length; i++) {
            lines.add(new LineText());
            last().text.append(parts[i]);
        }
    }

    /** Says that a column begins here; the spaces in front of it are still to come. */
    void mark(int column) {
        if (last().shape < 0) {
            last().shape = last().text.length();
            last().column = column;
        }
    }

    void newLine(int count, int indent) {
        if (lines.size() == 1 && isAtStart()) {
            last().text.setLength(0);
        } else {
            for (int i = 0; i < count; i++) {
                lines.add(new LineText());
            }
        }
        last().text.append(" ".repeat(indent));
    }

    /** Whether nothing has been written. */
    boolean isAtStart() {
        return lines.size() == 1
                && last().text.toString().isBlank()
                && last().remark.isEmpty();
    }

    boolean endsWithOpener() {
        StringBuilder text = last().text;
        return last().remark.isEmpty() && text.length() > 0 && "([{".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    boolean endsWithSpaceOrOpener() {
        StringBuilder text = last().text;
        return endsWithOpener() || (text.length() > 0 && text.charAt(text.length() - 1) == ' ');
    }

    /** All of it, aligned. */
    String text() {
        alignShapes();
        StringBuilder out = new StringBuilder();
        for (int first = 0; first < lines.size(); ) {
            int end = first;
            int width = 0;
            while (end < lines.size() && !lines.get(end).remark.isEmpty()) {
                LineText line = lines.get(end++);
                width = Math.max(width, line.text.toString().stripTrailing().length());
            }
            for (int i = first; i < Math.max(end, first + 1); i++) {
                write(lines.get(i), width, out);
            }
            first = Math.max(end, first + 1);
        }
        return out.toString();
    }

    private static void write(LineText line, int width, StringBuilder out) {
        String text = line.text.toString().stripTrailing();
        out.append(text);
        if (!line.remark.isEmpty()) {
            int used = text.codePointCount(0, text.length());
            out.append(text.isBlank() ? "" : " ".repeat(Math.max(0, width - used) + GAP))
                    .append(line.remark);
        }
        out.append('\n');
    }

    private void alignShapes() {
        Map<Integer, Integer> widths = new HashMap<>();
        for (LineText line : lines) {
            if (line.shape >= 0) {
                widths.merge(line.column, line.width(line.shape), Math::max);
            }
        }
        for (LineText line : lines) {
            if (line.shape >= 0) {
                int missing = widths.getOrDefault(line.column, 0) - line.width(line.shape);
                line.text.insert(line.shape, " ".repeat(missing));
            }
        }
    }
}
