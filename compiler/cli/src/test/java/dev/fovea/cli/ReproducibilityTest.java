package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed gives the same weights, every bit, after 200 steps on any number of threads, more than there are cores. */
class ReproducibilityTest {
    private static final String MODEL = "src/test/resources/dev/fovea/cli/cnn/mixed.cnn";

    /** 8 steps an epoch of which the last is of 4 samples, for 25 epochs. */
    private static final int PICTURES = 60;

    @TempDir
    private Path folder;

    @Test
    void twoHundredStepsOnOneToEightThreads() throws IOException {
        Path data = Pictures.write(folder.resolve("data"), PICTURES, 3);
        byte[] expected = train(data, 1, "1");
        for (int threads : new int[] {1, 2, 3, 4, 8}) {
            assertThat(train(data, threads, "1")).as(threads + " threads").isEqualTo(expected);
        }
        assertThat(train(data, 1, "2")).as("another seed").isNotEqualTo(expected);
    }

    private byte[] train(Path data, int threads, String seed) throws IOException {
        Path run = Files.createTempDirectory(folder, "run");
        Call call = Call.of(
                "train", MODEL, "--data", data, "--out", run, "--device", "cpu", "--threads", threads, "--seed", seed);
        assertThat(call.status()).as(call.transcript()).isZero();
        return Files.readAllBytes(run.resolve("model.safetensors"));
    }
}
