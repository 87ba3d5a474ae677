package dev.fovea.cli;

import dev.fovea.compiler.json.JsonWriter;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.CheckedPart;
import dev.fovea.runtime.data.DataCheck;
import dev.fovea.runtime.data.DataReport.Statistics;
import dev.fovea.runtime.io.AtomicFile;
import dev.fovea.runtime.train.Recipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mean and deviation of the data that are trained with, in {@code statistics.json}: worked out once, kept beside the data with a fingerprint of
 * them, and copied into the folder of each run that needs them, for those who use its weights.
 *
 * @param text of the file
 */
record DataFigures(Statistics statistics, String fingerprint, String text) {
    /** The name of the file. */
    static final String FILE = "statistics.json";

    private static final Pattern NUMBERS = Pattern.compile("\"(mean|deviation)\"\\s*:\\s*\\[([^\\]]*)]");
    private static final Pattern FINGERPRINT = Pattern.compile("\"fingerprint\"\\s*:\\s*\"([0-9a-f]*)\"");

    /** The figures of a part that has been looked at. */
    static DataFigures of(CheckedPart part, Statistics statistics) throws FoveaException {
        String fingerprint = part.fingerprint();
        JsonWriter json = new JsonWriter().beginObject();
        json.name("part").value(part.name());
        json.name("samples").value(part.size());
        json.name("fingerprint").value(fingerprint);
        DataReportText.write(json, statistics);
        return new DataFigures(statistics, fingerprint, json.endObject() + "\n");
    }

    /**
     * The figures of a folder of data: those of the file where they are of these data, else worked out anew and kept.
     */
    static DataFigures ofData(Path data, Console console) throws FoveaException {
        CheckedPart part = new DataParts(data).all().get(0);
        Path file = data.resolve(FILE);
        if (Files.isRegularFile(file)) {
            DataFigures kept = read(file);
            if (kept.fingerprint().equals(part.fingerprint())) {
                return kept;
            }
            console.message("the data are others than when " + FILE + " was written");
        }
        Statistics statistics = DataCheck.statistics(part)
                .orElseThrow(() -> InputException.of(
                        data,
                        "`normalize` without numbers needs pictures with equally many channels",
                        "give it numbers: normalize(mean=[…], std=[…])"));
        DataFigures figures = of(part, statistics);
        console.message("worked out mean and deviation of " + part.size() + " pictures: "
                + DataReportText.normalize(statistics));
        try {
            figures.write(data);
        } catch (InputException e) {
            console.message("warning: they are not kept, " + e.message() + " (" + e.place() + ")");
        }
        return figures;
    }

    /**
     * The recipe with the figures beside a file of weights, where it needs some.
     *
     * @throws InputException where there are none
     */
    static Recipe besideWeights(Recipe recipe, Path weights) throws FoveaException {
        if (!recipe.needsFigures()) {
            return recipe;
        }
        Path file = weights.resolveSibling(FILE);
        if (!Files.isRegularFile(file)) {
            throw InputException.of(
                    file,
                    "the recipe says `normalize` without numbers, and the figures of the data that the weights were trained with are not"
                            + " beside them",
                    "copy " + FILE + " from the folder of the run, or from that of its data");
        }
        return read(file).completed(recipe);
    }

    /** Whether a run has kept its figures in its folder. */
    static boolean areKept(Path run) {
        return Files.isRegularFile(run.resolve(FILE));
    }

    /** Those that a run has kept, where its recipe needs some: a run that goes on with other data normalises as it began. */
    static Optional<DataFigures> keptOf(Recipe recipe, Path run) throws InputException {
        return recipe.needsFigures() ? Optional.of(read(run.resolve(FILE))) : Optional.empty();
    }

    Recipe completed(Recipe recipe) {
        return recipe.normalizedBy(floats(statistics.mean()), floats(statistics.deviation()));
    }

    /** Writes the file into a folder. */
    void write(Path folder) throws InputException {
        AtomicFile.write(folder.resolve(FILE), channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    private static DataFigures read(Path file) throws InputException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw InputException.from(file, "read the figures", e);
        }
        List<Double> mean = List.of();
        List<Double> deviation = List.of();
        Matcher numbers = NUMBERS.matcher(text);
        try {
            while (numbers.find()) {
                List<Double> found = Arrays.stream(numbers.group(2).split(","))
                        .map(number -> Double.valueOf(number.strip()))
                        .toList();
                mean = numbers.group(1).equals("mean") ? found : mean;
                deviation = numbers.group(1).equals("deviation") ? found : deviation;
            }
        } catch (NumberFormatException e) {
            mean = List.of();
        }
        Matcher fingerprint = FINGERPRINT.matcher(text);
        boolean isSound = !mean.isEmpty()
                && mean.size() == deviation.size()
                && mean.stream().allMatch(Double::isFinite)
                && deviation.stream().allMatch(number -> number >= 0 && Double.isFinite(number));
        if (!isSound) {
            throw InputException.of(
                    file, "there is no mean and deviation in this file", "delete it: it is worked out anew");
        }
        return new DataFigures(new Statistics(mean, deviation), fingerprint.find() ? fingerprint.group(1) : "", text);
    }

    private static List<Float> floats(List<Double> numbers) {
        return numbers.stream().map(Double::floatValue).toList();
    }

    /** The figures that a run is to keep. */
    static Optional<DataFigures> ofRun(Recipe written, Path data, Console console) throws FoveaException {
        return written.needsFigures() ? Optional.of(ofData(data, console)) : Optional.empty();
    }
}
