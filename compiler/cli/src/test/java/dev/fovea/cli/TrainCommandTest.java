package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    private static final String MODEL = "src/test/resources/dev/fovea/cli/cnn/lenet.cnn";

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void writePictures() throws IOException {
        data = Pictures.write(folder.resolve("data"), 60, 30);
    }

    private Call train(String run, Object... more) {
        Object[] all = {"train", MODEL, "--data", data, "--out", folder.resolve(run), "--device", "cpu"};
        Object[] arguments = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, arguments, all.length, more.length);
        return Call.of(arguments);
    }

    @Test
    void aRunLearnsAndLeavesItsFiles() throws IOException {
        Call call = train("run", "--epochs", "6");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.out()).contains("test accuracy 1.0000").contains("model.safetensors");
        assertThat(call.err()).contains("epoch 6/6").doesNotContain("\r").doesNotContain("\u001b");
        assertThat(Files.readAllLines(folder.resolve("run/metrics.csv"))).hasSize(7);
        assertThat(folder.resolve("run/model.safetensors")).isNotEmptyFile();
    }

    @Test
    void theResultAsJson() {
        Call call = train("run", "--format", "json");
        assertThat(call.status()).isZero();
        assertThat(call.out())
                .startsWith("{")
                .contains("\"epochs\": 3", "\"train\": {", "\"test\": {", "\"accuracy\": ");
        assertThat(Double.parseDouble(number(call.out(), "seconds_to_first_step")))
                .isBetween(1e-3, ManagementFactory.getRuntimeMXBean().getUptime() * 1e-3);
    }

    @Test
    void theSameSeedGivesTheSameBytesWhateverTheThreads() throws IOException {
        train("one", "--threads", "1", "--seed", "5");
        train("two", "--threads", "2", "--seed", "5");
        train("other", "--threads", "2", "--seed", "6");
        byte[] one = Files.readAllBytes(folder.resolve("one/model.safetensors"));
        assertThat(Files.readAllBytes(folder.resolve("two/model.safetensors"))).isEqualTo(one);
        assertThat(Files.readAllBytes(folder.resolve("other/model.safetensors")))
                .isNotEqualTo(one);
    }

    @Test
    void trainedWeightsAreTestedToTheSameScore() {
        Call train = train("run", "--format", "json");
        Call test = Call.of(
                "test",
                MODEL,
                "--weights",
                folder.resolve("run/model.safetensors"),
                "--data",
                data,
                "--device",
                "cpu",
                "--format",
                "json");
        assertThat(test.status()).as(test.transcript()).isZero();
        assertThat(test.out()).contains("\"samples\": 30");
        String afterTraining = train.out().substring(train.out().indexOf("\"test\""));
        assertThat(number(test.out(), "loss")).isEqualTo(number(afterTraining, "loss"));
        assertThat(number(test.out(), "accuracy")).isEqualTo(number(afterTraining, "accuracy"));
    }

    @Test
    void theTestTellsTheClassesApart() throws IOException {
        train("run", "--epochs", "6");
        Object[] words = {"test", MODEL, "--weights", folder.resolve("run/model.safetensors"), "--data", data};
        Call text = Call.of(words);
        assertThat(text.out())
                .contains("accuracy 1.0000", "class              samples  precision  recall      f1")
                .contains("mean over classes       30     1.0000  1.0000  1.0000")
                .contains("a row for each class, a column for what it was taken for\n    0   1   2\n0  10   0   0\n");
        Call json = Call.of(Stream.concat(Arrays.stream(words), Stream.of("--format", "json"))
                .toArray());
        assertThat(json.out().replaceAll("\\s", ""))
                .contains("\"macro\":{\"precision\":1.0,", "\"confusion\":[[10,0,0],[0,10,0],[0,0,10]]");
        assertThat(Files.readAllLines(folder.resolve("run/confusion.csv")))
                .contains("class,samples,precision,recall,f1,as 0,as 1,as 2", "1,10,1.0,1.0,1.0,0,10,0");
    }

    @Test
    void withoutATestPartItTrainsAllTheSame() throws IOException {
        Files.delete(data.resolve("t10k-images-idx3-ubyte"));
        Files.delete(data.resolve("t10k-labels-idx1-ubyte"));
        Call call = train("run");
        assertThat(call.status()).isZero();
        assertThat(call.out()).doesNotContain("test");
    }

    @Test
    void aLabelBeyondTheClassesIsAFaultOfTheFile() throws IOException {
        Path labels = data.resolve("train-labels-idx1-ubyte");
        byte[] bytes = Files.readAllBytes(labels);
        bytes[8 + 4] = 10;
        Files.write(labels, bytes);
        Call call = train("run");
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err())
                .contains("label 10", "3 classes", "train-labels-idx1-ubyte, byte 12")
                .doesNotContain("\tat ");
    }

    @Test
    void aTruncatedFileIsAFaultOfTheFile() throws IOException {
        Path images = data.resolve("train-images-idx3-ubyte");
        Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 1000));
        Call call = train("run");
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("train-images-idx3-ubyte").doesNotContain("\tat ");
    }

    @Test
    void picturesOfAnotherSizeAreAFaultOfTheInput() {
        Call call = Call.of(
                "train",
                "../../examples/fashion-mnist/src/main/cnn/fashion/lenet.cnn",
                "--data",
                data,
                "--out",
                folder.resolve("run"),
                "--device",
                "cpu");
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("[1, 8, 8]", "[1, 28, 28]").doesNotContain("\tat ");
    }

    @Test
    void anUnknownDeviceIsAFaultOfTheCall() {
        Call call = Call.of("train", MODEL, "--data", data, "--out", folder.resolve("run"), "--device", "gpu");
        assertThat(call.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(call.err()).contains("there is no device `gpu`", "`cpu`");
    }

    @Test
    void aBrokenFileOfWeightsIsAFaultOfTheInput() throws IOException {
        train("run");
        Path weights = folder.resolve("run/model.safetensors");
        Files.write(weights, new byte[] {1}, StandardOpenOption.APPEND);
        Call call = Call.of("test", MODEL, "--weights", weights, "--data", data, "--device", "cpu");
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("model.safetensors").doesNotContain("\tat ");
    }

    @Test
    void weightsOfAnotherModelAreAFaultOfTheInput() {
        train("run");
        Call call = Call.of(
                "test", MODEL, "-p", "classes=4", "--weights", folder.resolve("run/model.safetensors"), "--data", data);
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("fc.weight", "[3, 36]", "[4, 36]");
    }

    private static String number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": ([^,\\s]+)").matcher(json);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
