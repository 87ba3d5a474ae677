package dev.fovea.runtime.train;

import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.CsvWriter;
import dev.fovea.runtime.model.CompiledModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run into a folder: {@code metrics.csv}, a row an epoch from the first epoch on; {@code confusion.csv}, what the last epoch's
 * test took for what, where a metric judges classes; {@code classes.txt}, their names; {@code best.safetensors} whenever the recipe
 * keeps the best weights and these are; {@code decoder-LAYER.safetensors} for each layer that is trained by itself, when that is done;
 * and {@code model.safetensors} at the end. Weights and decoders that cannot be written to their places go to the system's folder for
 * temporary files, and the exception says so. The table begins anew when the run does; of a run that is resumed it first gets the epochs behind it, so that the rows are always those of
 * the run. {@link #checkpoint} is where its checkpoint belongs.
 */
public final class RunFolder implements TrainingListener, AutoCloseable {
    private final CompiledModel model;
    private final Path folder;
    private final Path weights;
    private final List<String> metrics;
    private final Optional<Consumer<InputException>> faults;
    private final List<List<Object>> rows = new ArrayList<>();
    private final SortedMap<String, LayerDecoder> unwritten = new TreeMap<>();
    private @Nullable CsvWriter table;

    /** What is written, and cannot be. */
    @FunctionalInterface
    private interface Writing {
        void write() throws InputException;
    }

    /**
     * A folder, which is made when the run begins. What cannot be written ends the run.
     *
     * @throws InputException where there is something else of that name
     */
    public RunFolder(Path folder, CompiledModel model, Recipe recipe) throws InputException {
        this(folder, model, recipe, Optional.empty());
    }

    /**
     * A folder whose disk may be full for a while: what cannot be written after an epoch does not end the run. The table is written as a whole
     * with the next epoch, and everything once more at the end, where a fault is told by an exception.
     *
     * @param faults is told what could not be written
     * @throws InputException where there is something else of that name
     */
    public RunFolder(Path folder, CompiledModel model, Recipe recipe, Consumer<InputException> faults)
            throws InputException {
        this(folder, model, recipe, Optional.of(faults));
    }

    private RunFolder(Path folder, CompiledModel model, Recipe recipe, Optional<Consumer<InputException>> faults)
            throws InputException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw InputException.of(folder, "this is not a folder");
        }
        this.model = model;
        this.folder = folder;
        this.weights = folder.resolve("model.safetensors");
        this.faults = faults;
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
        rows.clear();
        rewrite();
        if (!outline.classes().isEmpty()) {
            ClassNames.write(folder.resolve(ClassNames.FILE), outline.classes());
        }
    }

    @Override
    public void resumed(List<EpochReport> behind) throws FoveaException {
        behind.forEach(this::add);
        rewrite();
    }

    @Override
    public void epoch(EpochReport report) throws FoveaException {
        add(report);
        attempt(this::write);
        Optional<ConfusionMatrix> matrix =
                report.test().orElse(report.training()).confusion();
        if (matrix.isPresent()) {
            attempt(() -> ConfusionTable.write(folder.resolve("confusion.csv"), matrix.get()));
        }
        if (report.best()) {
            attempt(() -> model.save(folder.resolve("best.safetensors")));
        }
    }

    private void attempt(Writing writing) throws InputException {
        try {
            writing.write();
        } catch (InputException e) {
            if (faults.isEmpty()) {
                throw e;
            }
            faults.get().accept(e.withHelp("the training goes on"));
        }
    }

    private void add(EpochReport report) {
        List<Object> row = new ArrayList<>(List.of(rows.size() + 1, report.phase(), report.learningRate()));
        row.add(report.training().loss());
        metrics.forEach(metric -> row.add(cell(report.training().metrics(), metric)));
        row.add(report.test().map(score -> (Object) score.loss()).orElse(""));
        metrics.forEach(metric -> row.add(
                report.test().map(score -> cell(score.metrics(), metric)).orElse("")));
        row.add(report.seconds());
        row.add(report.samplesPerSecond());
        row.add(report.waitingShare());
        rows.add(row);
    }

    /** The last row; all of them where the table was given up before. */
    private void write() throws InputException {
        if (table == null) {
            rewrite();
            return;
        }
        try {
            table.row(rows.get(rows.size() - 1));
        } catch (InputException e) {
            abandon(table, e);
            table = null;
            throw e;
        }
    }

    private static void abandon(CsvWriter broken, InputException why) {
        try {
            broken.close();
        } catch (InputException e) {
            why.addSuppressed(e);
        }
    }

    private void rewrite() throws InputException {
        List<String> columns = new ArrayList<>(List.of("epoch", "phase", "learning_rate", "train_loss"));
        metrics.forEach(metric -> columns.add("train_" + metric));
        columns.add("test_loss");
        metrics.forEach(metric -> columns.add("test_" + metric));
        columns.addAll(List.of("seconds", "samples_per_second", "waiting_share"));
        if (table != null) {
            table.close();
        }
        table = null;
        CsvWriter anew = CsvWriter.create(folder.resolve("metrics.csv"), columns);
        try {
            for (List<Object> row : rows) {
                anew.row(row);
            }
        } catch (InputException e) {
            abandon(anew, e);
            throw e;
        }
        table = anew;
    }

    @Override
    public void layer(TrainedLayer layer) throws FoveaException {
        unwritten.put("decoder-" + layer.name() + ".safetensors", layer.decoder());
        attempt(this::writeDecoders);
    }

    private void writeDecoders() throws InputException {
        Iterator<Map.Entry<String, LayerDecoder>> left = unwritten.entrySet().iterator();
        while (left.hasNext()) {
            Map.Entry<String, LayerDecoder> file = left.next();
            file.getValue().save(folder.resolve(file.getKey()));
            left.remove();
        }
    }

    @Override
    public void end(TrainingReport report) throws FoveaException {
        List<InputException> faults = new ArrayList<>();
        save("the weights are", weights, model::save, faults);
        saveDecoders(faults);
        if (table == null) {
            try {
                rewrite();
            } catch (InputException e) {
                faults.add(e);
            }
        }
        if (!faults.isEmpty()) {
            throw joined(faults);
        }
    }

    /** However the run ended: what has been made of a layer's decoder goes where there is room. */
    @Override
    public void close() throws InputException {
        List<InputException> lost = new ArrayList<>();
        if (table != null) {
            try {
                table.close();
            } catch (InputException e) {
                lost.add(e);
            }
        }
        saveDecoders(lost);
        if (!lost.isEmpty() && faults.isEmpty()) {
            throw joined(lost);
        } else if (!lost.isEmpty()) {
            faults.get().accept(joined(lost));
        }
    }

    /** Each decoder that is not written yet, to its place or elsewhere. */
    private void saveDecoders(List<InputException> into) {
        unwritten.forEach((name, decoder) ->
                save("the decoder of " + decoder.layer() + " is", folder.resolve(name), decoder::save, into));
        unwritten.clear();
    }

    private static void save(String what, Path place, Elsewhere.Writing writing, List<InputException> faults) {
        try {
            writing.write(place);
        } catch (InputException e) {
            faults.add(Elsewhere.keep(what, place, writing, e));
        }
    }

    /** The first with the help of all, so that each file is named where it is now. */
    private static InputException joined(List<InputException> faults) {
        InputException all = faults.get(0);
        for (InputException other : faults.subList(1, faults.size())) {
            for (String help : other.help()) {
                all = all.withHelp(help);
            }
            all.addSuppressed(other);
        }
        return all;
    }

    private static Object cell(Map<String, Double> values, String metric) {
        Double value = values.get(metric);
        return value == null ? "" : value;
    }
}
