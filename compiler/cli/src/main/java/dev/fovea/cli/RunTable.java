package dev.fovea.cli;

import dev.fovea.runtime.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a run's {@code metrics.csv}.
 *
 * @param columns their names
 * @param rows of texts, a row an epoch
 */
record RunTable(List<String> columns, List<List<String>> rows) {
    /** Copies the lists. */
    RunTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Reads the table of a run.
     *
     * @throws InputException where there is none, or a row has another number of cells
     */
    static RunTable read(Path run) throws InputException {
        Path file = run.resolve("metrics.csv");
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw InputException.from(file, "read the table", e);
        }
        if (lines.isEmpty()) {
            throw InputException.of(file, "the table is empty");
        }
        List<String> columns = List.of(lines.get(0).split(",", -1));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> row = List.of(lines.get(i).split(",", -1));
            if (row.size() != columns.size()) {
                throw InputException.of(
                        file, "line " + (i + 1) + " has " + row.size() + " cells, not " + columns.size());
            }
            rows.add(row);
        }
        return new RunTable(columns, rows);
    }

    /** A column's numbers; NaN where a cell is empty or no number, or there is no such column. */
    double[] numbers(String column) {
        int index = columns.indexOf(column);
        double[] numbers = new double[rows.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = index < 0 ? Double.NaN : number(rows.get(i).get(index));
        }
        return numbers;
    }

    /** The text of a cell; empty where there is no such column. */
    String cell(int row, String column) {
        int index = columns.indexOf(column);
        return index < 0 ? "" : rows.get(row).get(index);
    }

    /** The loss and the metrics, by their names without {@code train_} and {@code test_}. */
    List<String> figures() {
        return columns.stream()
                .filter(column -> column.startsWith("train_"))
                .map(column -> column.substring("train_".length()))
                .toList();
    }

    private static double number(String cell) {
        try {
            return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
