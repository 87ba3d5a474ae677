package dev.fovea.runtime.io;

import dev.fovea.runtime.InputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of numbers that grows by a row at a time: RFC 4180 with {@code \n} line ends, a point in every fraction whatever the locale.
 * Each row is handed to the system at once, so that another program can follow a run and a crash loses none.
 */
public final class CsvWriter implements AutoCloseable {
    private final Path file;
    private final BufferedWriter writer;
    private final int columns;

    private CsvWriter(Path file, BufferedWriter writer, int columns) {
        this.file = file;
        this.writer = writer;
        this.columns = columns;
    }

    /**
     * Starts a table with a row of column names, replacing what was there; the folder is made if need be.
     *
     * @throws InputException where the file cannot be written
     */
    public static CsvWriter create(Path file, List<String> columns) throws InputException {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            CsvWriter table =
                    new CsvWriter(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8), columns.size());
            table.row(columns);
            return table;
        } catch (IOException e) {
            throw InputException.from(file, "write the table", e);
        }
    }

    /**
     * Appends a row.
     *
     * @param cells texts and numbers, one a column; an empty text is an empty cell
     * @throws InputException where the file cannot be written
     * @throws IllegalArgumentException where the number of cells is not that of the columns
     */
    public void row(List<?> cells) throws InputException {
        if (cells.size() != columns) {
            throw new IllegalArgumentException("the table has " + columns + " columns, the row " + cells.size());
        }
        String line = cells.stream().map(cell -> escape(cell.toString())).collect(Collectors.joining(","));
        try {
            writer.append(line).append('\n').flush();
        } catch (IOException e) {
            throw InputException.from(file, "write the table", e);
        }
    }

    @Override
    public void close() throws InputException {
        try {
            writer.close();
        } catch (IOException e) {
            throw InputException.from(file, "write the table", e);
        }
    }

    private static String escape(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
