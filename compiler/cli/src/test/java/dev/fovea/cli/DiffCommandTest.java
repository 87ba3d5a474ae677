package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsWriter;
import dev.fovea.runtime.io.StoredTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    private static final String CNN = "src/test/resources/dev/fovea/cli/cnn/";
    private static final String BEFORE = CNN + "lenet.cnn";
    private static final String AFTER = CNN + "lenet-edited.cnn";

    @TempDir
    private Path folder;

    private static StoredTensor tensor(String name, long... shape) {
        List<Long> extents = Arrays.stream(shape).boxed().toList();
        int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return StoredTensor.floats(name, extents, () -> FloatBuffer.allocate(size));
    }

    @Test
    void saysWhatOfAFileWouldBeLoaded() throws InputException {
        Path file = folder.resolve("small.safetensors");
        SafetensorsWriter.write(
                file,
                List.of(
                        tensor("conv1.weight", 4, 1, 3, 3),
                        tensor("conv1.bias", 4),
                        tensor("conv2.weight", 6, 4, 5, 5),
                        tensor("old.bias", 3)),
                Map.of());
        Call call = Call.of("diff", BEFORE, AFTER, "--weights", file);
        assertThat(call.status()).as(call.transcript()).isZero();
        assertThat(call.out().replaceAll("\\s+", " "))
                .contains(
                        file + " gives the second model 2 of 6 tensors",
                        "conv2.weight: [6, 4, 5, 5] in the file, [6, 4, 3, 3] in the model, conv2.bias: not in the file",
                        "not used: old.bias");
    }

    @Test
    void aFileThatIsNoFileOfWeightsIsAFaultOfTheInput() {
        Call call = Call.of("diff", BEFORE, AFTER, "--weights", BEFORE);
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("lenet.cnn", "safetensors");
    }

    @Test
    void theExitStatusTellsOfDifferencesWhereItIsAsked() {
        assertThat(Call.of("diff", BEFORE, AFTER).status()).isZero();
        assertThat(Call.of("diff", BEFORE, AFTER, "--exit-code").status()).isEqualTo(ExitStatus.INPUT);
        assertThat(Call.of("diff", BEFORE, BEFORE, "--exit-code").status()).isZero();
    }

    @Test
    void theFirstModelCanKeepItsDefaults() {
        Call both = Call.of("diff", BEFORE, BEFORE, "-p", "classes=5");
        assertThat(both.out()).contains("no difference");
        Call one = Call.of("diff", BEFORE, BEFORE, "-p", "classes=5", "--first-as-written");
        assertThat(one.out()).contains("units 3 → 5");
    }

    @Test
    void aFaultOfEitherFileIsShown() {
        Call call = Call.of("diff", BEFORE, CNN + "wrong.cnn");
        assertThat(call.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(call.err()).contains("wrong.cnn");
    }
}
