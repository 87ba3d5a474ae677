package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.train.Evaluator;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.Score;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea test}: the loss and metrics of trained weights on pictures they have not seen. */
@Command(name = "test", description = "Computes loss and metrics of trained weights on the test part of a data set.")
final class TestCommand implements Callable<Integer> {
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
            names = "--weights",
            required = true,
            paramLabel = "W",
            description = "The file model.safetensors of a run.")
    @SuppressWarnings("NullAway.Init") // required
    private Path weights;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder with data, whose test part is used; see `fovea train --help`.")
    @SuppressWarnings("NullAway.Init") // required
    private Path data;

    TestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        DeviceInfo device = deviceOptions.device();
        LoadedModel loaded = file.load(console);
        Recipe recipe = DataFigures.besideWeights(loaded.recipe(recipeOption.name()), weights);
        DataSet test = DataFolder.of(data, loaded.spec(), recipe).test();
        try (CompiledModel model = loaded.builder()
                .device(device.id())
                .threads(deviceOptions.threads())
                .batch(recipe.largestBatch())
                .inference()
                .build()) {
            model.load(weights);
            report(Evaluator.evaluate(model, recipe, test));
        }
        return ExitStatus.OK;
    }

    private void report(Score score) {
        if (format.json()) {
            JsonWriter json = new JsonWriter().beginObject();
            ScoreText.writeInto(json, score);
            score.confusion().ifPresent(matrix -> ConfusionText.write(json, matrix));
            console.out().println(json.endObject());
            return;
        }
        console.out().printf(Locale.ROOT, "loss %.4f%n", score.loss());
        score.metrics().forEach((name, value) -> console.out().printf(Locale.ROOT, "%s %.4f%n", name, value));
        console.out().println(score.samples() + " samples");
        score.confusion().ifPresent(matrix -> console.out().print("\n" + ConfusionText.of(matrix)));
    }
}
