package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.CsvWriter;
import dev.fovea.runtime.model.CompiledModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run into a folder: {@code metrics.csv}, a row an epoch from the first epoch on; {@code confusion.csv}, what the last epoch's
 * test took for what, where a metric judges classes; {@code classes.txt}, their names; {@code best.safetensors} whenever the recipe
 * keeps the best weights and these are; and {@code model.safetensors} at the end. The
 * table begins anew when the run does; of a run that is resumed it first gets the epochs behind it, so that the rows are always those of
 * the run. {@link #checkpoint} is where its checkpoint belongs.
 */
public final class RunFolder implements TrainingListener, AutoCloseable {
    private final CompiledModel model;
    private final Path folder;
    private final Path weights;
    private final List<String> metrics;
    private @Nullable CsvWriter table;
    private int epochs;

    /**
     * A folder, which is made when the run begins.
     *
     * @throws InputException where there is something else of that name
     */
    public RunFolder(Path folder, CompiledModel model, Recipe recipe) throws InputException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw InputException.of(folder, "this is not a folder");
        }
        this.model = model;
        this.folder = folder;
        this.weights = folder.resolve("model.safetensors");
        Set<String> labels = new LinkedHashSet<>();
        recipe.phases().forEach(phase -> labels.addAll(phase.metricLabels()));
        this.metrics = List.copyOf(labels);
    }

    /** The file of a run's checkpoint in its folder. */
    public static Path checkpoint(Path folder) {
        return folder.resolve("checkpoint.safetensors");
    }

    @Override
    public void begin(TrainingOutline outline) throws FoveaException {
        List<String> columns = new ArrayList<>(List.of("epoch", "phase", "learning_rate", "train_loss"));
        metrics.forEach(metric -> columns.add("train_" + metric));
        columns.add("test_loss");
        metrics.forEach(metric -> columns.add("test_" + metric));
        columns.addAll(List.of("seconds", "samples_per_second"));
        table = CsvWriter.create(folder.resolve("metrics.csv"), columns);
        epochs = 0;
        if (!outline.classes().isEmpty()) {
            ClassNames.write(folder.resolve(ClassNames.FILE), outline.classes());
        }
    }

    @Override
    public void resumed(List<EpochReport> behind) throws FoveaException {
        for (EpochReport report : behind) {
            row(report);
        }
    }

    @Override
    public void epoch(EpochReport report) throws FoveaException {
        row(report);
        Optional<ConfusionMatrix> matrix =
                report.test().orElse(report.training()).confusion();
        if (matrix.isPresent()) {
            ConfusionTable.write(folder.resolve("confusion.csv"), matrix.get());
        }
        if (report.best()) {
            model.save(folder.resolve("best.safetensors"));
        }
    }

    private void row(EpochReport report) throws InputException {
        List<Object> row = new ArrayList<>(List.of(++epochs, report.phase(), report.learningRate()));
        row.add(report.training().loss());
        metrics.forEach(metric -> row.add(cell(report.training().metrics(), metric)));
        row.add(report.test().map(score -> (Object) score.loss()).orElse(""));
        metrics.forEach(metric -> row.add(
                report.test().map(score -> cell(score.metrics(), metric)).orElse("")));
        row.add(report.seconds());
        row.add(report.samplesPerSecond());
        if (table != null) {
            table.row(row);
        }
        Optional<ConfusionMatrix> matrix =
                report.test().orElse(report.training()).confusion();
        if (matrix.isPresent()) {
            ConfusionTable.write(folder.resolve("confusion.csv"), matrix.get());
        }
    }

    @Override
    public void end(TrainingReport report) throws FoveaException {
        model.save(weights);
    }

    @Override
    public void close() throws InputException {
        if (table != null) {
            table.close();
        }
    }

    private static Object cell(Map<String, Double> values, String metric) {
        Double value = values.get(metric);
        return value == null ? "" : value;
    }
}
