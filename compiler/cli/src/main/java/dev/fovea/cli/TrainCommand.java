package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.EpochReport;
import dev.fovea.runtime.train.ProgressLine;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.RunFolder;
import dev.fovea.runtime.train.Score;
import dev.fovea.runtime.train.Trainer;
import dev.fovea.runtime.train.TrainingListener;
import dev.fovea.runtime.train.TrainingOptions;
import dev.fovea.runtime.train.TrainingReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea train}: trains a model by its recipe. */
@Command(
        name = "train",
        description = "Trains a model by its recipe; writes metrics.csv and model.safetensors into a folder.")
final class TrainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ModelFile file = new ModelFile();

    @Mixin
    private final RecipeOption recipeOption = new RecipeOption();

    @Mixin
    private final DeviceOptions deviceOptions = new DeviceOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder with train-images-idx3-ubyte and train-labels-idx1-ubyte, and t10k-… to test with"
                    + " (MNIST's format, .gz or not).")
    @SuppressWarnings("NullAway.Init") // required
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "Folder for what the run writes.")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of each phase, instead of the recipe's.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random; the recipe's, or 1.")
    private Optional<Long> seed = Optional.empty();

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        if (epochs.isPresent() && epochs.get() < 1) {
            throw new UsageException("--epochs must be at least 1, not " + epochs.get());
        }
        DeviceInfo device = deviceOptions.device();
        LoadedModel loaded = file.load(console);
        Recipe written = loaded.recipe(recipeOption.name());
        Recipe recipe = epochs.map(written::withEpochs).orElse(written);
        PictureFolder folder = PictureFolder.of(data, recipe);
        DataSet training = folder.training();
        Optional<DataSet> test = folder.testIfPresent();
        long chosen = seed.or(() -> recipe.phases().get(0).seed()).orElse(1L);
        OptionalLong given = seed.map(OptionalLong::of).orElse(OptionalLong.empty());
        try (CompiledModel model = loaded.builder()
                        .device(device.id())
                        .threads(deviceOptions.threads())
                        .batch(recipe.largestBatch())
                        .seed(chosen)
                        .build();
                RunFolder run = new RunFolder(out, model, recipe);
                ProgressLine progress = new ProgressLine(console.err(), console.errIsTerminal())) {
            Trainer trainer = new Trainer(model, recipe, new TrainingOptions(given, System::nanoTime));
            report(trainer.train(training, test, TrainingListener.all(progress, run)));
        }
        return ExitStatus.OK;
    }

    private void report(TrainingReport report) {
        EpochReport last = report.last();
        if (!format.json()) {
            last.test().ifPresent(score -> console.out().println(sentence(score)));
            console.out().println("wrote " + out.resolve("metrics.csv") + " and " + out.resolve("model.safetensors"));
            return;
        }
        JsonWriter json = new JsonWriter().beginObject();
        json.name("model").value(report.outline().model());
        json.name("epochs").value(report.epochs().size());
        json.name("seconds").value(report.seconds());
        ScoreText.write(json.name("train"), last.training());
        if (last.test().isPresent()) {
            ScoreText.write(json.name("test"), last.test().get());
        }
        console.out().println(json.endObject());
    }

    private static String sentence(Score score) {
        StringBuilder text = new StringBuilder();
        score.metrics()
                .forEach((name, value) -> text.append(String.format(Locale.ROOT, "test %s %.4f, ", name, value)));
        return text.append(String.format(Locale.ROOT, "test loss %.4f", score.loss()))
                .toString();
    }
}
