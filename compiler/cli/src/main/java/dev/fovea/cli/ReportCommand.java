package dev.fovea.cli;

import dev.fovea.compiler.draw.Drawing;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.io.AtomicFile;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.ClassNames;
import dev.fovea.runtime.train.Evaluator;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.Score;
import dev.fovea.runtime.watch.Filters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea report}: a run as one page. */
@Command(
        name = "report",
        description =
                "Writes a page about a run: curves, what is confused, filters, maps between the layers, the surest"
                        + " mistakes, the network, the recipe. One HTML file that needs nothing else.")
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final DeviceOptions deviceOptions = new DeviceOptions();

    @Parameters(paramLabel = "RUN", description = "The folder of a run, finished or under way.")
    @SuppressWarnings("NullAway.Init") // required
    private Path run;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with data, where they are no longer where they were.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "-o", paramLabel = "FILE", description = "Where to write the page; RUN/report.html by default.")
    private Optional<Path> output = Optional.empty();

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        DeviceInfo device = deviceOptions.device();
        RunNotes notes = RunNotes.read(run);
        RunTable table = RunTable.read(run);
        Graph written = ModelFile.graph(notes, console);
        ObservedGraph observed = ObservedGraph.of(written);
        LoadedModel loaded = LoadedModel.of(observed.graph());
        Recipe recipe = DataFigures.besideWeights(loaded.recipe(notes.recipe()), weights());
        DataFolder folder = DataFolder.of(data.orElse(notes.data()), loaded.spec(), recipe);
        Optional<DataSet> test = folder.testIfPresent();
        StringBuilder body = new StringBuilder(Html.section("Curves", ReportPage.curves(table)));
        body.append(Html.section("The last epochs", ReportPage.figures(table)));
        try (CompiledModel model = loaded.builder()
                .device(device.id())
                .threads(deviceOptions.threads())
                .batch(recipe.largestBatch())
                .inference()
                .build()) {
            model.load(weights());
            judged(body, model, loaded, recipe, observed, test.isPresent() ? test.get() : folder.training());
        }
        body.append(Html.section(
                "Network", "<div class=\"scroll\">" + inline(Drawing.of(written, Drawing.Form.SVG, -1)) + "</div>"));
        body.append(Html.section("Model and recipe", "<pre>" + Html.escape(source(notes.file())) + "</pre>"));
        Path page = output.orElse(run.resolve("report.html"));
        write(page, ReportPage.whole(notes.model(), lead(table, notes), body.toString()));
        console.out().println("wrote " + page);
        return ExitStatus.OK;
    }

    private void judged(
            StringBuilder body,
            CompiledModel model,
            LoadedModel loaded,
            Recipe recipe,
            ObservedGraph observed,
            DataSet test)
            throws FoveaException {
        Score score = Evaluator.evaluate(model, recipe, test);
        List<String> names = names(test);
        if (score.confusion().isPresent()) {
            body.append(Html.section(
                    "Taken for", ReportPage.confusion(score.confusion().get(), names)));
        }
        Filters.picture(model)
                .ifPresent(picture -> body.append(Html.section(
                        "Filters of " + Filters.parameter(model).orElseThrow().name(),
                        "<div class=\"pictures\">" + Html.image(picture, "filters") + "</div>")));
        Optional<JudgedPictures> pictures = JudgedPictures.of(model, test, recipe);
        if (pictures.isEmpty()) {
            return;
        }
        if (!observed.outputs().isEmpty()) {
            List<Port> maps = observed.outputs().stream()
                    .map(name -> loaded.spec().output(name).orElseThrow())
                    .toList();
            body.append(Html.section("Between the layers", pictures.get().maps(maps, observed.layers())));
        }
        Port scores = loaded.spec().mainOutput();
        if (scores.shape().rank() == 1 && score.confusion().isPresent()) {
            boolean probabilities = PredictCommand.givesProbabilities(observed.graph(), scores);
            body.append(Html.section("The surest mistakes", pictures.get().wrong(scores, probabilities, names)));
        }
    }

    /** Those of the run's end; while it is under way those of its last checkpoint. */
    private Path weights() throws InputException {
        for (String name : List.of("model.safetensors", "checkpoint.safetensors")) {
            if (Files.isRegularFile(run.resolve(name))) {
                return run.resolve(name);
            }
        }
        throw InputException.of(
                run,
                "there are no weights in this folder yet",
                "the first checkpoint is written after the first epoch");
    }

    private List<String> names(DataSet test) throws InputException {
        Path file = run.resolve(ClassNames.FILE);
        return Files.isRegularFile(file) ? ClassNames.read(file) : DataFolder.classes(test);
    }

    private static String lead(RunTable table, RunNotes notes) {
        int epochs = table.rows().size();
        double seconds = 0;
        for (double one : table.numbers("seconds")) {
            seconds += Double.isFinite(one) ? one : 0;
        }
        return String.format(
                Locale.ROOT,
                "%s%s, %d %s, %.0f seconds of training, data from %s",
                notes.file().getFileName(),
                notes.recipe().isEmpty() ? "" : ", recipe " + notes.recipe(),
                epochs,
                epochs == 1 ? "epoch" : "epochs",
                seconds,
                notes.data());
    }

    /** A drawing within a page is not a document of its own. */
    private static String inline(String svg) {
        return svg.substring(Math.max(0, svg.indexOf("<svg")));
    }

    private static String source(Path file) throws InputException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw InputException.from(file, "read the model", e);
        }
    }

    private static void write(Path file, String text) throws InputException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(file, channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }
}
