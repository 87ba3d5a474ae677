package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.CsvWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A confusion matrix as a table: a row a class, with how many there are, precision, recall, F1, and a column for each class it was taken for. */
public final class ConfusionTable {
    private ConfusionTable() {}

    /**
     * Writes the table. The columns of the classes, {@code as NAME}, are left out where only sums are counted.
     *
     * @throws InputException where the file cannot be written
     */
    public static void write(Path file, ConfusionMatrix matrix) throws InputException {
        List<String> columns = new ArrayList<>(List.of("class", "samples", "precision", "recall", "f1"));
        if (matrix.hasPairs()) {
            matrix.names().forEach(name -> columns.add("as " + name));
        }
        try (CsvWriter rows = CsvWriter.create(file, columns)) {
            for (int label = 0; label < matrix.classes(); label++) {
                List<Object> row = new ArrayList<>(List.of(
                        matrix.names().get(label),
                        matrix.samples(label),
                        matrix.precision(label),
                        matrix.recall(label),
                        matrix.f1(label)));
                for (int as = 0; as < matrix.classes() && matrix.hasPairs(); as++) {
                    row.add(matrix.count(label, as));
                }
                rows.row(row);
            }
        }
    }
}
