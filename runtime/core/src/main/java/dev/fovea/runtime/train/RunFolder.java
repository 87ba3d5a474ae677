package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.CsvWriter;
import dev.fovea.runtime.model.CompiledModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a run into a folder: {@code metrics.csv}, a row an epoch from the first epoch on, and {@code model.safetensors} at the end.
 */
public final class RunFolder implements TrainingListener, AutoCloseable {
    private final CompiledModel model;
    private final Path weights;
    private final CsvWriter table;
    private final List<String> metrics;
    private int epochs;

    /**
     * Begins the table; the folder is made if need be.
     *
     * @throws InputException where the folder cannot be written
     */
    public RunFolder(Path folder, CompiledModel model, Recipe recipe) throws InputException {
        this.model = model;
        this.weights = folder.resolve("model.safetensors");
        Set<String> labels = new LinkedHashSet<>();
        recipe.phases().forEach(phase -> phase.metrics()
                .forEach(use -> labels.add(use.metric().label())));
        this.metrics = List.copyOf(labels);
        List<String> columns = new ArrayList<>(List.of("epoch", "phase", "learning_rate", "train_loss"));
        metrics.forEach(metric -> columns.add("train_" + metric));
        columns.add("test_loss");
        metrics.forEach(metric -> columns.add("test_" + metric));
        columns.addAll(List.of("seconds", "samples_per_second"));
        this.table = CsvWriter.create(folder.resolve("metrics.csv"), columns);
    }

    @Override
    public void epoch(EpochReport report) throws FoveaException {
        List<Object> row = new ArrayList<>(List.of(++epochs, report.phase(), report.learningRate()));
        row.add(report.training().loss());
        metrics.forEach(metric -> row.add(cell(report.training().metrics(), metric)));
        row.add(report.test().map(score -> (Object) score.loss()).orElse(""));
        metrics.forEach(metric -> row.add(
                report.test().map(score -> cell(score.metrics(), metric)).orElse("")));
        row.add(report.seconds());
        row.add(report.samplesPerSecond());
        table.row(row);
    }

    @Override
    public void end(TrainingReport report) throws FoveaException {
        model.save(weights);
    }

    @Override
    public void close() throws InputException {
        table.close();
    }

    private static Object cell(Map<String, Double> values, String metric) {
        Double value = values.get(metric);
        return value == null ? "" : value;
    }
}
