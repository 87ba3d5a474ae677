package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a recipe says beside its optimizer, from the file to the weights. */
class RegimeCommandTest {
    private static final String MODEL = "src/test/resources/dev/fovea/cli/cnn/regime.cnn";

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void writePictures() throws IOException {
        data = Pictures.write(folder.resolve("data"), 60, 30);
    }

    private Call train(String run, Object... more) {
        Object[] words = {"train", MODEL, "--data", data, "--out", folder.resolve(run), "--device", "cpu"};
        Object[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Call.of(all);
    }

    private float[] weights(String file, String name, Long... shape) throws IOException {
        try (SafetensorsFile weights = SafetensorsFile.open(folder.resolve(file))) {
            int size = 1;
            for (long extent : shape) {
                size *= (int) extent;
            }
            float[] values = new float[size];
            weights.readFloats(weights.require(name, List.of(shape)), values, 0);
            return values;
        } catch (InputException e) {
            throw new IOException(e.describe(), e);
        }
    }

    @Test
    void twoPhasesOfWhichOneStopsEarly() throws IOException {
        Call call = train("run", "--format", "json");
        assertThat(call.status()).as(call.transcript()).isZero();
        List<String> rows = Files.readAllLines(folder.resolve("run/metrics.csv"));
        assertThat(rows.get(0))
                .contains("train_accuracy,train_recall,train_mean_absolute_error,test_loss,test_accuracy,test_recall");
        assertThat(rows.stream().filter(row -> row.contains(",body,"))).hasSize(3);
        assertThat(rows.stream().filter(row -> row.contains(",heads,"))).hasSizeBetween(3, 59);

        // what stands in the file is the best epoch of the last phase
        assertThat(folder.resolve("run/best.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("run/model.safetensors"));
        Call test = Call.of(
                "test",
                MODEL,
                "--weights",
                folder.resolve("run/model.safetensors"),
                "--data",
                data,
                "--format",
                "json");
        // A model that only infers does the batch norm with the convolution before it: the same but for rounding.
        for (String figure : List.of("loss", "accuracy", "recall", "mean_absolute_error")) {
            assertThat(number(test.out(), figure))
                    .as(figure)
                    .isCloseTo(
                            number(call.out().substring(call.out().indexOf("\"test\"")), figure), Offset.offset(1e-6));
        }

        // the second phase has not touched the body, and the heads have learnt
        assertThat(weights("run/checkpoint-epoch-0003.safetensors", "body.conv1.weight", 4L, 1L, 3L, 3L))
                .isEqualTo(weights("run/model.safetensors", "body.conv1.weight", 4L, 1L, 3L, 3L));
        assertThat(weights("run/checkpoint-epoch-0003.safetensors", "fc.weight", 3L, 36L))
                .isNotEqualTo(weights("run/model.safetensors", "fc.weight", 3L, 36L));
    }

    @Test
    void aCheckpointThatWasKeptLeadsToTheSameBytes() throws IOException {
        assertThat(train("run").status()).isZero();
        Files.createDirectories(folder.resolve("again"));
        Files.copy(
                folder.resolve("run/checkpoint-epoch-0003.safetensors"),
                folder.resolve("again/checkpoint.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        Call call = train("again", "--resume");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(folder.resolve("again/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("run/model.safetensors"));
    }

    /** The first figure of this name. */
    private static double number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": *([-0-9.eE]+)").matcher(json);
        assertThat(matcher.find()).as(name + " in " + json).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
