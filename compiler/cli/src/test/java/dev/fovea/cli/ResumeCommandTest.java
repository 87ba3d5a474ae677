package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.train.CheckpointFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are stopped and go on, in processes of their own. */
class ResumeCommandTest {
    private static final String CNN = "src/test/resources/dev/fovea/cli/cnn/";
    private static final String MODEL = CNN + "resume.cnn";

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void writePictures() throws IOException {
        data = Pictures.write(folder.resolve("data"), 60, 30);
    }

    private List<String> words(String model, String run, String... more) {
        List<String> words = new ArrayList<>(List.of("train", model, "--data", data.toString()));
        words.addAll(List.of("--out", folder.resolve(run).toString(), "--device", "cpu", "--threads", "1"));
        words.addAll(Arrays.asList(more));
        return words;
    }

    private Call train(String run, String... more) {
        return Call.of(words(MODEL, run, more).toArray());
    }

    private Path in(String run, String name) {
        return folder.resolve(run).resolve(name);
    }

    /** SIGTERM takes the way of Ctrl-C; then, in this process, the rest. */
    @Test
    void aRunThatIsToldToStopGoesOnToTheSameBytes() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(words(MODEL, "stopped"));
        Process child = new ProcessBuilder(command).start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.startsWith("epoch 2/")) {
                    child.toHandle().destroy(); // Process.destroy would close the stream that is read
                }
            }
        }
        assertThat(child.waitFor()).as(said.toString()).isEqualTo(143);
        assertThat(said)
                .contains("stopping: the step under way", "stopped on request in epoch ", "--resume")
                .doesNotContain("\tat ");
        assertThat(CheckpointFile.isFinished(in("stopped", "checkpoint.safetensors")))
                .isFalse();
        assertThat(in("stopped", "model.safetensors")).doesNotExist();

        Call again = train("stopped");
        assertThat(again.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(again.err()).contains("a run that has not come to its end", "--resume");

        Call resumed = train("stopped", "--resume");
        assertThat(resumed.status()).as(resumed.transcript()).isZero();
        assertThat(train("whole").status()).isZero();
        assertThat(in("stopped", "model.safetensors")).hasSameBinaryContentAs(in("whole", "model.safetensors"));
        assertThat(Files.readAllLines(in("stopped", "metrics.csv")))
                .hasSameSizeAs(Files.readAllLines(in("whole", "metrics.csv")));

        Call finished = train("stopped", "--resume");
        assertThat(finished.status()).as(finished.transcript()).isZero();
        assertThat(in("stopped", "model.safetensors")).hasSameBinaryContentAs(in("whole", "model.safetensors"));
    }

    @Test
    void withoutACheckpointResumeBegins() {
        Call call = train("new", "--resume", "--epochs", "1");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.err()).contains("no checkpoint in " + folder.resolve("new") + " yet: beginning");
    }

    @Test
    void aCheckpointOfAnotherModelOrRecipeIsRefused() throws IOException {
        train("a", "--epochs", "1");
        Call other = Call.of(words(CNN + "lenet.cnn", "a", "--resume").toArray());
        assertThat(other.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(other.err())
                .contains(
                        "this checkpoint is of another run; what differs:",
                        "model: Resumed in the checkpoint, Small here",
                        "optimizer: Adam in the checkpoint, Sgd here",
                        "epochs: 1 in the checkpoint, 3 here",
                        "layer dropout1: Dropout[p=0.3] in the checkpoint, not here",
                        "bn1.bias: [4] in the checkpoint, not here")
                .doesNotContain("\tat ");
        assertThat(Files.readAllLines(in("a", "metrics.csv")))
                .as("nothing is lost")
                .hasSize(2);
    }

    /** The weights are alike and of no help: what has none is compared too. */
    @Test
    void anotherLayerWithoutParametersIsNamed() throws IOException {
        train("a", "--epochs", "1");
        Path changed = folder.resolve("changed.cnn");
        Files.writeString(changed, Files.readString(Path.of(MODEL)).replace("maxpool(2)", "avgpool(2)"));
        Call other = Call.of(
                words(changed.toString(), "a", "--resume", "--epochs", "1").toArray());
        assertThat(other.status()).as(other.transcript()).isEqualTo(ExitStatus.INPUT);
        assertThat(other.err())
                .contains("what differs:", "MaxPool[", "in the checkpoint", "AvgPool[")
                .doesNotContain("conv1.weight: ", "seed: ");
    }

    @Test
    void aBrokenCheckpointIsAFaultOfTheFile() throws IOException {
        train("a", "--epochs", "1");
        Path file = in("a", "checkpoint.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        Call call = train("a", "--epochs", "1", "--resume");
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("checkpoint.safetensors").doesNotContain("\tat ");
    }

    @Test
    void weightsThatFitAreTakenAndTheOthersNamed() throws IOException {
        train("a", "--epochs", "1");
        Path weights = folder.resolve("weights.safetensors");
        Files.copy(in("a", "model.safetensors"), weights, StandardCopyOption.REPLACE_EXISTING);
        Call call = train("b", "-p", "classes=4", "--init-from", weights.toString(), "--epochs", "1");
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.err())
                .contains(
                        "took 5 of 7 parameters from " + weights,
                        "not taken: fc.weight: [3, 36] in the file, [4, 36] in the model",
                        "not taken: fc.bias: [3] in the file, [4] in the model");
        Call none = Call.of(
                words(CNN + "heads.cnn", "c", "--init-from", weights.toString()).toArray());
        assertThat(none.status()).isNotZero();
        Call both = train("a", "--resume", "--init-from", weights.toString());
        assertThat(both.status()).isEqualTo(ExitStatus.USAGE);
    }
}
