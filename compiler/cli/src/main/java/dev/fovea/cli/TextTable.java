package dev.fovea.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, as wide as their widest cell; those made of numbers are aligned to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row with a cell for each heading. */
    TextTable row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + rows.get(0).size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** All rows, the headings first; no space behind a line. */
    String text() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            widths[column] = width(column);
            numeric[column] = isNumeric(column);
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                String space = " ".repeat(widths[column] - length(cell));
                line.append(column == 0 ? "" : GAP).append(numeric[column] ? space + cell : cell + space);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1
                && rows.stream()
                        .skip(1)
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.matches("[0-9.,]*( [KMGT]?i?B)?"));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
