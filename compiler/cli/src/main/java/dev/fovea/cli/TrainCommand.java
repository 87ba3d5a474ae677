package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.FittingWeights;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.CheckpointFile;
import dev.fovea.runtime.train.CheckpointPlan;
import dev.fovea.runtime.train.EpochReport;
import dev.fovea.runtime.train.ProgressLine;
import dev.fovea.runtime.train.Recipe;
import dev.fovea.runtime.train.RunFolder;
import dev.fovea.runtime.train.Score;
import dev.fovea.runtime.train.Trainer;
import dev.fovea.runtime.train.TrainingListener;
import dev.fovea.runtime.train.TrainingOptions;
import dev.fovea.runtime.train.TrainingOutline;
import dev.fovea.runtime.train.TrainingReport;
import dev.fovea.runtime.train.TrainingStoppedException;
import dev.fovea.runtime.watch.TensorBoardFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
            description =
                    "Folder with data: MNIST's or CIFAR's files, train.csv, train/CLASS/… with pictures, or CLASS/…;"
                            + " a test part beside it is used after each epoch.")
    @SuppressWarnings("NullAway.Init") // required
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "Folder for what the run writes.")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Option(
            names = "--resume",
            description = "Go on from RUN/checkpoint.safetensors, to the same weights as if nothing had come between."
                    + " Where there is none yet, begin.")
    private boolean resume;

    @Option(
            names = "--changed-data",
            description =
                    "With --resume: go on although the data are not those that the run began with, as when a picture"
                            + " has been put right.")
    private boolean changedData;

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "Write a checkpoint every N minutes within an epoch too (10); 0: after each epoch only.")
    private double checkpointMinutes = 10;

    @Option(
            names = "--init-from",
            paramLabel = "W",
            description = "Begin with what fits of a .safetensors file, by name and shape; says what does not fit.")
    private Optional<Path> initFrom = Optional.empty();

    @Option(
            names = "--tensorboard",
            description =
                    "Write events for TensorBoard into RUN: losses and metrics, and after each epoch histograms of"
                            + " weights and gradients, the first layer's filters, what is confused.")
    private boolean tensorBoard;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of each phase, instead of the recipe's.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--labels",
            paramLabel = "N",
            description =
                    "Take only N pictures to be labelled, of each class as many, chosen by the seed: phases with a"
                            + " loss learn from those alone, layer-wise phases from all.")
    private Optional<Integer> labels = Optional.empty();

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
        if (labels.isPresent() && labels.get() < 1) {
            throw new UsageException("--labels must be at least 1, not " + labels.get());
        }
        if (!(checkpointMinutes >= 0 && checkpointMinutes < 1e6)) {
            throw new UsageException("--checkpoint-minutes must be 0 or more, not " + checkpointMinutes);
        }
        if (changedData && !resume) {
            throw new UsageException("--changed-data goes with --resume");
        }
        if (resume && initFrom.isPresent()) {
            throw new UsageException("--resume and --init-from exclude each other", "a resumed run has its weights");
        }
        DeviceInfo device = deviceOptions.device();
        LoadedModel loaded = file.load(console);
        Recipe written = loaded.recipe(recipeOption.name());
        Optional<DataFigures> figures = changedData && DataFigures.areKept(out)
                ? DataFigures.keptOf(written, out)
                : DataFigures.ofRun(written, data, console);
        Recipe known = figures.map(all -> all.completed(written)).orElse(written);
        Recipe recipe = epochs.map(known::withEpochs).orElse(known);
        DataFolder folder = DataFolder.of(data, loaded.spec(), recipe);
        DataSet training = folder.training();
        Optional<DataSet> test = folder.testIfPresent();
        long chosen = seed.or(() -> recipe.phases().get(0).seed()).orElse(1L);
        OptionalLong given = seed.map(OptionalLong::of).orElse(OptionalLong.empty());
        boolean begun = Files.exists(checkpoint());
        if (begun && !resume && !CheckpointFile.isFinished(checkpoint())) {
            throw new FoveaException(
                    out + " holds a run that has not come to its end",
                    List.of("go on with it: --resume", "or choose another folder, or delete " + checkpoint()));
        }
        if (resume && !begun) {
            console.message("no checkpoint in " + out + " yet: beginning");
        }
        TrainingOptions options = new TrainingOptions(given, System::nanoTime)
                .withCheckpoints(new CheckpointPlan(checkpoint(), interval()));
        try (StopRequest stop = StopRequest.listen(console);
                CompiledModel model = loaded.builder()
                        .device(device.id())
                        .threads(deviceOptions.threads())
                        .batch(recipe.largestBatch())
                        .seed(chosen)
                        .build()) {
            if (initFrom.isPresent()) {
                initialize(model, initFrom.get());
            }
            TrainingOptions asked = options.withStop(stop::asked);
            TrainingOptions stoppable = changedData ? asked.withChangedData() : asked;
            Trainer trainer =
                    new Trainer(model, recipe, labels.map(stoppable::withLabels).orElse(stoppable));
            try (ProgressLine progress = new ProgressLine(console.err(), console.errIsTerminal());
                    RunFolder run = new RunFolder(
                            out,
                            model,
                            recipe,
                            fault -> progress.warning(
                                    fault.message() + " (" + fault.place() + "); " + String.join("; ", fault.help())));
                    TensorBoardFolder events = new TensorBoardFolder(out, model, progress::warning)) {
                FirstStep first = new FirstStep();
                TrainingListener listener = TrainingListener.all(
                        first,
                        progress,
                        run,
                        file.notes(loaded.spec().name(), recipeOption.name(), data)
                                .writing(out),
                        keeping(figures),
                        tensorBoard ? events : TrainingListener.NONE,
                        reconstructions(model, recipe, test.orElse(training)));
                report(
                        resume && begun
                                ? trainer.resume(checkpoint(), training, test, listener)
                                : trainer.train(training, test, listener),
                        first);
            } catch (InputException e) {
                throw withHelp(e);
            } catch (TrainingStoppedException e) {
                console.message(e.message());
                console.message("  = help: the same command with --resume goes on to the same weights");
                return ExitStatus.INPUT;
            } finally {
                console.out().flush();
            }
        }
        return ExitStatus.OK;
    }

    /** Where layers are trained by themselves: pictures of what comes back of them. */
    private TrainingListener reconstructions(CompiledModel model, Recipe recipe, DataSet data) throws FoveaException {
        Optional<Recipe.Phase> phase =
                recipe.phases().stream().filter(one -> one.stage().isPresent()).findFirst();
        if (phase.isEmpty() || model.spec().inputs().size() != 1) {
            return TrainingListener.NONE;
        }
        Port input = model.spec().inputs().get(0);
        return Reconstructions.of(
                out,
                data,
                phase.get().augmentations().getOrDefault(input.name(), List.of()),
                input.shape(),
                model.options().batch());
    }

    /** The figures by which pictures are normalised go with the weights. */
    private TrainingListener keeping(Optional<DataFigures> figures) {
        return new TrainingListener() {
            @Override
            public void begin(TrainingOutline outline) throws FoveaException {
                if (figures.isPresent()) {
                    figures.get().write(out);
                }
            }
        };
    }

    private InputException withHelp(InputException fault) {
        Path file = fault.file().toAbsolutePath();
        if (file.startsWith(out.toAbsolutePath())) {
            return fault.help().isEmpty() ? fault.withHelp("--out takes a folder that can be written to") : fault;
        }
        if (!file.startsWith(data.toAbsolutePath())) {
            return fault;
        }
        return fault.withHelp("`fovea data check " + data + "` names all files that cannot be read")
                .withHelp(
                        Files.exists(checkpoint())
                                ? "when they are put right, the same command with --resume --changed-data goes on"
                                : "put the file right, or take it out of the folder");
    }

    private Path checkpoint() {
        return RunFolder.checkpoint(out);
    }

    private Optional<Duration> interval() {
        long milliseconds = (long) Math.ceil(checkpointMinutes * 60_000);
        return milliseconds == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(milliseconds));
    }

    private void initialize(CompiledModel model, Path weights) throws FoveaException {
        FittingWeights fitting = model.weights().loadFitting(weights);
        if (fitting.loaded().isEmpty()) {
            throw InputException.of(
                    weights,
                    "none of the model's " + fitting.unfit().size() + " parameters is in this file",
                    "it holds " + shortened(fitting.unused()),
                    "the model has " + shortened(fitting.unfit()));
        }
        int all = fitting.loaded().size() + fitting.unfit().size();
        console.message("took " + fitting.loaded().size() + " of " + all + " parameters from " + weights);
        fitting.unfit().forEach(line -> console.message("  not taken: " + line));
        if (!fitting.unused().isEmpty()) {
            console.message("  not used: " + shortened(fitting.unused()));
        }
    }

    private static String shortened(List<String> names) {
        int shown = Math.min(8, names.size());
        String rest = shown < names.size() ? " and " + (names.size() - shown) + " more" : "";
        return String.join(", ", names.subList(0, shown)) + rest;
    }

    private void report(TrainingReport report, FirstStep first) {
        EpochReport last = report.kept();
        if (!format.json()) {
            last.test().ifPresent(score -> console.out().println(sentence(score)));
            console.out().println("wrote " + out.resolve("metrics.csv") + " and " + out.resolve("model.safetensors"));
            return;
        }
        JsonWriter json = new JsonWriter().beginObject();
        json.name("model").value(report.outline().model());
        json.name("epochs").value(report.epochs().size());
        json.name("seconds").value(report.seconds());
        first.seconds().ifPresent(seconds -> json.name("seconds_to_first_step").value(seconds));
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
