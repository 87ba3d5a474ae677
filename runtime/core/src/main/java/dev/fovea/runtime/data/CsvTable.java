package dev.fovea.runtime.data;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * A table of numbers with a class: a file of comma-separated values whose first line names the columns. The column {@code label} (else
 * the last one) is the class, all others are numbers.
 *
 * <p>Field 0 is {@code x}, of a shape that takes a row's numbers in order; field 1 is {@code label}. The classes are called what stands
 * in the column, in the order of numbers where all are numbers, else of the alphabet.
 */
public final class CsvTable {
    private static final int LONGEST_LINE = 1 << 24;

    private CsvTable() {}

    /**
     * Reads a table.
     *
     * @param shape of a row's numbers; its size is the number of columns but one
     * @param classes what the classes are called, in order; empty for those that the file has
     * @throws InputException where a line has another number of cells or a cell is no number, with the line
     */
    public static ArrayDataSet read(Path file, Shape shape, List<String> classes) throws InputException {
        List<float[]> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String first = lines.readLine();
            if (first == null || first.isBlank()) {
                throw InputException.of(file, "the table is empty", "its first line names the columns");
            }
            List<String> header = cells(first);
            int label = header.contains("label") ? header.indexOf("label") : header.size() - 1;
            if (header.size() - 1 != shape.size()) {
                throw InputException.of(
                        file,
                        "the table has " + (header.size() - 1) + " columns beside `" + header.get(label)
                                + "`, but the input " + shape + " takes " + shape.size());
            }
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    rows.add(row(file, number, line, label, header, labels));
                }
            }
        } catch (IOException e) {
            throw InputException.from(file, "read the table", e);
        }
        return dataSet(file, shape, classes.isEmpty() ? inOrder(labels) : classes, rows, labels);
    }

    private static ArrayDataSet dataSet(
            Path file, Shape shape, List<String> classes, List<float[]> rows, List<String> labels)
            throws InputException {
        if (rows.isEmpty()) {
            throw InputException.of(file, "the table has no rows");
        }
        int width = Math.toIntExact(shape.size());
        float[] values = new float[Math.multiplyExact(width, rows.size())];
        float[] numbers = new float[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * width, width);
            numbers[i] = classes.indexOf(labels.get(i));
            if (numbers[i] < 0) {
                throw InputException.of(
                        file,
                        "row " + (i + 1) + " has the class `" + labels.get(i) + "`, which is not among "
                                + String.join(", ", classes.subList(0, Math.min(12, classes.size()))));
            }
        }
        return new ArrayDataSet(
                List.of(new Field.Values("x", shape), new Field.Classes("label", Shape.of(1), classes)),
                List.of(values, numbers));
    }

    private static float[] row(Path file, int number, String line, int label, List<String> header, List<String> labels)
            throws InputException {
        List<String> cells = line.length() > LONGEST_LINE ? List.of() : cells(line);
        if (cells.size() != header.size()) {
            throw InputException.of(
                    file, "line " + number + " has " + cells.size() + " cells, the first line " + header.size());
        }
        float[] row = new float[cells.size() - 1];
        int at = 0;
        for (int column = 0; column < cells.size(); column++) {
            if (column == label) {
                labels.add(cells.get(column));
                continue;
            }
            try {
                row[at] = Float.parseFloat(cells.get(column));
            } catch (NumberFormatException e) {
                row[at] = Float.NaN;
            }
            if (!Float.isFinite(row[at++])) {
                throw InputException.of(
                        file,
                        "line " + number + ", column `" + header.get(column) + "`: \"" + cells.get(column)
                                + "\" is not a finite number");
            }
        }
        return row;
    }

    /** RFC 4180's cells, but for line ends within quotes. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    private static List<String> inOrder(List<String> labels) {
        String[] names = new TreeSet<>(labels).toArray(new String[0]);
        if (Arrays.stream(names).allMatch(name -> name.matches("[0-9]{1,9}"))) {
            Arrays.sort(names, (a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
        }
        return List.of(names);
    }
}
