package dev.fovea.cli;

import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.OpNode;
import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.compiler.resolve.Nearest;
import dev.fovea.images.PictureFile;
import dev.fovea.images.Preparation;
import dev.fovea.ops.Shape;
import dev.fovea.ops.Trait;
import dev.fovea.ops.recipe.Augmentation;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.Pipeline;
import dev.fovea.runtime.device.DeviceInfo;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.train.ClassNames;
import dev.fovea.runtime.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea predict}: what a trained model takes pictures for. */
@Command(name = "predict", description = "Says what a trained model takes pictures for: the likeliest classes of each.")
final class PredictCommand implements Callable<Integer> {
    private static final int LARGEST_BATCH = 32;

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
            names = "--classes",
            paramLabel = "NAMES",
            description =
                    "Text file with the names of the classes, a line each; classes.txt beside the weights by default.")
    private Optional<Path> classes = Optional.empty();

    @Option(names = "--top", paramLabel = "N", defaultValue = "5", description = "How many classes are shown (5).")
    private int top = 5;

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description = "Which output tells the classes; the model's first one by default.")
    private Optional<String> output = Optional.empty();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PICTURE",
            description = "Files with pictures (JPEG, PNG, BMP, GIF), or folders of them.")
    private List<Path> pictures = List.of();

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws FoveaException {
        if (top < 1) {
            throw new UsageException("--top must be at least 1, not " + top);
        }
        DeviceInfo device = deviceOptions.device();
        Graph graph = file.graph(console);
        LoadedModel loaded = LoadedModel.of(graph);
        Port input = input(loaded);
        Port scores = scores(loaded);
        Optional<Recipe> recipe = loaded.recipes().isEmpty()
                ? Optional.empty()
                : Optional.of(DataFigures.besideWeights(loaded.recipe(recipeOption.name()), weights));
        Preparation preparation = DataFolder.preparation(input.shape(), recipe);
        Pipeline pipeline = pipeline(input, preparation.shape(), recipe);
        List<String> names = names(scores.shape().channels());
        List<Path> files = files();
        List<Prediction> predictions = new ArrayList<>();
        boolean failed = false;
        try (CompiledModel model = loaded.builder()
                .device(device.id())
                .threads(deviceOptions.threads())
                .batch(Math.max(1, Math.min(LARGEST_BATCH, files.size())))
                .inference()
                .build()) {
            model.load(weights);
            Classifier classifier = new Classifier(model, input, scores, givesProbabilities(graph, scores));
            for (Path picture : files) {
                try {
                    float[] read = preparation.read(picture);
                    predictions.addAll(classifier.add(picture, pipeline.evaluate(read)));
                } catch (InputException e) {
                    console.message(e.describe());
                    failed = true;
                }
            }
            predictions.addAll(classifier.rest());
        }
        report(predictions, names);
        return failed ? ExitStatus.INPUT : ExitStatus.OK;
    }

    private static Port input(LoadedModel loaded) throws FoveaException {
        List<Port> inputs = loaded.spec().inputs();
        Port input = inputs.get(0);
        if (inputs.size() > 1 || !Preparation.suits(input.shape())) {
            throw new FoveaException(
                    "`" + loaded.spec().name() + "` does not take a picture, [1, H, W] or [3, H, W]: its "
                            + (inputs.size() > 1
                                    ? "inputs are " + String.join(", ", names(inputs))
                                    : "input `" + input.name() + "` is " + input.shape()),
                    List.of("`fovea eval` runs any model on tensors"));
        }
        return input;
    }

    private static UsageException noOutput(String model, String wanted, List<Port> outputs) {
        List<String> help = new ArrayList<>(
                Nearest.help(wanted, outputs.stream().map(Port::name).toList()));
        help.add("its outputs are " + String.join(", ", names(outputs)));
        return new UsageException(
                "`" + model + "` has no output `" + wanted + "` when predicting", help.toArray(new String[0]));
    }

    private Port scores(LoadedModel loaded) throws FoveaException {
        List<Port> outputs = loaded.spec().outputs().stream()
                .filter(port -> !port.trainOnly())
                .toList();
        Port scores = loaded.spec().mainOutput();
        if (output.isPresent()) {
            scores = outputs.stream()
                    .filter(port -> port.name().equals(output.get()))
                    .findFirst()
                    .orElseThrow(() -> noOutput(loaded.spec().name(), output.get(), outputs));
        }
        if (scores.shape().rank() != 1) {
            throw new FoveaException(
                    "the output `" + scores.name() + "` is " + scores.shape() + ": it does not tell classes apart",
                    List.of("--output names another one; the outputs are " + String.join(", ", names(outputs))));
        }
        return scores;
    }

    private static List<String> names(List<Port> ports) {
        return ports.stream()
                .map(port -> "`" + port.name() + "` " + port.shape())
                .toList();
    }

    /** A softmax of the logarithms of probabilities gives the probabilities back; of probabilities it would not. */
    static boolean givesProbabilities(Graph graph, Port scores) {
        return graph.outputs().stream()
                .filter(out -> out.name().equals(scores.name()))
                .anyMatch(out -> graph.node(out.node()) instanceof OpNode layer
                        && layer.op().def().has(Trait.PROBABILITIES)
                        && !layer.op().name().equals("log_softmax"));
    }

    private static Pipeline pipeline(Port input, Shape prepared, Optional<Recipe> recipe) throws FoveaException {
        List<Augmentation> augmentations = recipe.map(
                        chosen -> chosen.lastPhase().augmentations().getOrDefault(input.name(), List.of()))
                .orElse(List.of());
        Pipeline pipeline = Pipeline.of(input.name(), prepared, augmentations).atEvaluation();
        if (!pipeline.output(prepared).equals(input.shape())) {
            throw new FoveaException(
                    "pictures of " + prepared + " become " + pipeline.output(prepared) + ", the input `" + input.name()
                            + "` is " + input.shape(),
                    List.of());
        }
        return pipeline;
    }

    private List<String> names(int count) throws FoveaException {
        Path beside = weights.resolveSibling(ClassNames.FILE);
        if (classes.isEmpty() && !Files.isRegularFile(beside)) {
            return IntStream.range(0, count).mapToObj(Integer::toString).toList();
        }
        Path from = classes.orElse(beside);
        List<String> names = ClassNames.read(from);
        if (names.size() != count) {
            throw InputException.of(
                    from, "there are " + names.size() + " names, the model tells apart " + count + " classes");
        }
        return names;
    }

    /** The pictures in the order given; of a folder those in it, by their names. */
    private List<Path> files() throws FoveaException {
        List<Path> files = new ArrayList<>();
        for (Path picture : pictures) {
            if (!Files.isDirectory(picture)) {
                files.add(picture);
                continue;
            }
            try (Stream<Path> entries = Files.list(picture)) {
                List<Path> found =
                        entries.filter(PictureFile::isNamedSo).sorted().toList();
                if (found.isEmpty()) {
                    throw InputException.of(
                            picture,
                            "there are no pictures in this folder",
                            "names end in " + String.join(", ", PictureFile.ENDINGS));
                }
                files.addAll(found);
            } catch (IOException e) {
                throw InputException.from(picture, "list the folder", e);
            }
        }
        return files;
    }

    private void report(List<Prediction> predictions, List<String> names) {
        if (format.json()) {
            JsonWriter json = new JsonWriter().beginObject().name("predictions").beginArray();
            for (Prediction prediction : predictions) {
                json.beginObject().name("file").value(prediction.file().toString());
                json.name("classes").beginArray();
                for (int label : prediction.likeliest(top)) {
                    json.beginObject().name("class").value(names.get(label));
                    json.name("index").value(label);
                    json.name("probability")
                            .value(prediction.probabilities()[label])
                            .endObject();
                }
                json.endArray().endObject();
            }
            console.out().println(json.endArray().endObject());
            return;
        }
        for (Prediction prediction : predictions) {
            console.out().println(prediction.file());
            for (int label : prediction.likeliest(top)) {
                console.out().printf(Locale.ROOT, "  %.4f  %s%n", prediction.probabilities()[label], names.get(label));
            }
        }
    }
}
