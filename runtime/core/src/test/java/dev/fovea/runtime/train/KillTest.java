package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a training process at random moments while it writes checkpoints: each time a whole one is left, and in the end the weights are
 * those of the run that nobody killed. Four rounds; as many as {@code -Dfovea.kills} says, which is 200 with {@code mvn -Plong}.
 */
class KillTest {
    private static final int ROUNDS = Integer.getInteger("fovea.kills", 4);
    private static final long SEED = Long.getLong("fovea.kills.seed", System.nanoTime());

    @TempDir
    Path folder;

    @Test
    void noKillLeavesACheckpointThatCannotBeResumed() throws Exception {
        Path checkpoint = folder.resolve("checkpoint.safetensors");
        int epochs = 200 + 10 * ROUNDS;
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            killOnce(checkpoint, epochs, random.nextInt(60));
            assertThat(CheckpointFile.isFinished(checkpoint))
                    .as("round %d, seed %d", round, SEED)
                    .isFalse();
        }
        try (TinyModel model = TinyModel.training(8, 1);
                TinyModel whole = TinyModel.training(8, 1)) {
            KilledRun.run(model, checkpoint, epochs, TrainingListener.NONE);
            new Trainer(whole, KilledRun.recipe(epochs)).train(KilledRun.DATA, Optional.empty(), TrainingListener.NONE);
            assertThat(saved(model)).as("seed %d", SEED).isEqualTo(saved(whole));
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .as("nothing half-written stays")
                    .containsExactlyInAnyOrder("checkpoint.safetensors", "weights");
        }
    }

    private static void killOnce(Path checkpoint, int epochs, int milliseconds) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process child = new ProcessBuilder(List.of(
                        java,
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        checkpoint.toString(),
                        Integer.toString(epochs)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("a checkpoint is written");
            Thread.sleep(milliseconds);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private byte[] saved(TinyModel model) throws Exception {
        Path file = folder.resolve("weights");
        model.save(file);
        return Files.readAllBytes(file);
    }
}
