package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final Recipe RECIPE = Recipes.recipe(Recipes.LOSS).withEpochs(2);

    @Test
    void elsewhereThanOnATerminalALineAnEpochWhateverTheLocale() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            String[] lines = run(false, 7).lines().toArray(String[]::new);
            assertThat(lines).hasSize(4);
            assertThat(lines[0]).isEqualTo("training TinyModel on plain loops: 70 samples, 18 steps");
            assertThat(lines[1])
                    .matches("epoch 1/2  loss \\d\\.\\d{4}  accuracy \\d\\.\\d{4}  top2 \\d\\.\\d{4}  test loss"
                            + " \\d\\.\\d{4}  test accuracy \\d\\.\\d{4}  test top2 \\d\\.\\d{4}  370 images/s "
                            + " 33 % waiting for data");
            assertThat(lines[2]).startsWith("epoch 2/2  loss ");
            assertThat(lines[3]).matches("done in 0:00");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void onATerminalTheLineIsWrittenOverAtMostTenTimesASecond() throws Exception {
        String text = run(true, 7);
        String[] lines = text.split("\n");
        assertThat(lines).hasSize(4);
        String[] states = lines[1].split("\r");
        // 9 steps of 21 ms: the first, the sixth, then the whole epoch
        assertThat(states).hasSize(4);
        assertThat(states[0]).isEmpty();
        assertThat(states[1])
                .startsWith("\u001b[?7lepoch 1/2  1/9  loss ")
                .contains("  accuracy ", "  381 images/s  0:00 left")
                .endsWith("\u001b[K\u001b[?7h");
        assertThat(states[2]).contains("epoch 1/2  6/9  loss ");
        assertThat(states[3]).contains("epoch 1/2  loss ", "  370 images/s").doesNotContain("left");
    }

    @Test
    void theTimeLeftComesFromTheStepsMade() throws Exception {
        // the clock is read at the start, at the start of each epoch and three times a step: after the first step 2,800
        // s
        // have gone, and 17 steps are left
        String text = run(true, 700_000);
        assertThat(text).contains("epoch 1/2  1/9", "  13:13:20 left").contains("epoch 2/2  9/9", "  0:00 left");
        assertThat(text).contains("  0.0 images/s");
        assertThat(text).endsWith("done in 11:05:00\n");
    }

    @Test
    void waitingIsWorthSayingFromTwoHundredthsOn() {
        assertThat(epochThatWaited(0.02)).endsWith("  0.5 images/s");
        assertThat(epochThatWaited(0.1)).endsWith("  0.5 images/s  3 % waiting for data");
    }

    @Test
    void hugeLossesAreShort() {
        assertThat(epoch(0, 1.88e36)).startsWith("epoch 1/1  loss 1.880e+36  ");
        assertThat(epoch(0, 999_999.5)).startsWith("epoch 1/1  loss 999999.5000  ");
        assertThat(epoch(0, Double.NaN)).startsWith("epoch 1/1  loss NaN  ");
    }

    private static String epochThatWaited(double seconds) {
        return epoch(seconds, 0.5);
    }

    private static String epoch(double waited, double loss) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Score score = new Score(loss, Map.of(), 2, Optional.empty());
        try (ProgressLine line = new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), false)) {
            line.epoch(new EpochReport("", 1, 1, 0.1f, score, Optional.empty(), 4, waited, false));
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void closingEndsALineThatIsOpen() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ProgressLine line = new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
        line.close();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEmpty();
        TrainingOutline outline = new TrainingOutline(
                "M", "D", List.of(new TrainingOutline.PhaseOutline("tune", 3, 10, 5, List.of())), false, List.of());
        try (TinyModel model = TinyModel.training(2, 1)) {
            Progress progress = new Progress(outline, new Tally(model, List.of(), true), 0);
            progress.startEpoch(0, 0);
            progress.stepDone(1);
            line.step(progress);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("tune epoch 1/3  1/5  loss NaN");
        line.close();
        line.close();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("h" + System.lineSeparator());
    }

    /** Each look at the clock is so many milliseconds later. */
    private static String run(boolean terminal, long milliseconds) throws Exception {
        AtomicLong clock = new AtomicLong();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TrainingOptions options =
                new TrainingOptions(OptionalLong.empty(), () -> clock.getAndAdd(milliseconds * 1_000_000));
        try (TinyModel model = TinyModel.training(8, 1);
                ProgressLine line = new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal)) {
            new Trainer(model, RECIPE, options)
                    .train(Recipes.pictures(70, 1), Optional.of(Recipes.pictures(9, 2)), line);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
