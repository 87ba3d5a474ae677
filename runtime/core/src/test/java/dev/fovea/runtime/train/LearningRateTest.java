package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Cosine;
import dev.fovea.ops.recipe.Exponential;
import dev.fovea.ops.recipe.MultiStep;
import dev.fovea.ops.recipe.OneCycle;
import dev.fovea.ops.recipe.Plateau;
import dev.fovea.ops.recipe.Polynomial;
import dev.fovea.ops.recipe.Schedule;
import dev.fovea.ops.recipe.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    @Test
    void everyScheduleOfARecipeHasItsArithmetic() {
        List<Schedule> samples = List.of(
                new Constant(1),
                new Cosine(1),
                new Exponential(0.5f, 1),
                new MultiStep(List.of(2), 0.5f, 1),
                new OneCycle(0.3f, 1, 1e4f, 1),
                new Plateau(0.1f, 10, 0, 0, 0, 1),
                new Polynomial(2, 1),
                new Step(2, 0.5f, 1));
        assertThat(samples)
                .extracting(sample -> sample.def().name())
                .isEqualTo(dev.fovea.ops.recipe.Recipes.SCHEDULES.names());
        assertThat(samples).allSatisfy(schedule -> assertThat(new LearningRate(schedule, 0.1f, 4, 5).at(3))
                .isEqualTo(0.1f));
    }

    /** The table holds what the recursive forms of PyTorch's documentation give, worked out by a program of its own. */
    @Test
    void hundredEpochsAsPyTorch() throws IOException {
        Map<String, Schedule> schedules = Map.of(
                "step", new Step(13, 0.5f, 0),
                "multi_step", new MultiStep(List.of(30, 60, 90), 0.2f, 0),
                "exponential", new Exponential(0.96f, 0),
                "cosine", new Cosine(0),
                "polynomial", new Polynomial(2, 0),
                "one_cycle", new OneCycle(0.3f, 25, 1e4f, 0),
                "plateau", new Plateau(0.5f, 4, 1e-4f, 2, 0.004f, 0),
                "warm_exponential", new Exponential(0.96f, 5));
        List<String> lines = lines();
        List<String> columns = List.of(lines.get(0).split(","));
        assertThat(columns).containsAll(schedules.keySet());
        assertThat(lines).hasSize(101);
        schedules.forEach((name, schedule) -> {
            LearningRate rate = new LearningRate(schedule, 0.1f, 1, 100);
            for (int epoch = 0; epoch < 100; epoch++) {
                String[] row = lines.get(epoch + 1).split(",");
                double expected = Double.parseDouble(row[columns.indexOf(name)]);
                assertThat((double) rate.at(epoch))
                        .as("%s in epoch %d", name, epoch)
                        .isEqualTo(expected, within(1e-9 + 3e-6 * expected));
                rate.epochDone(Double.parseDouble(row[columns.indexOf("loss")]));
            }
        });
    }

    private static List<String> lines() throws IOException {
        try (InputStream table = LearningRateTest.class.getResourceAsStream("schedules.csv")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /** OneCycleLR from its first rate, to which the warm-up rises. */
    @Test
    void oneCycleBehindAWarmUp() {
        LearningRate rate = new LearningRate(new OneCycle(0.5f, 10, 100, 1), 1, 2, 4);
        assertThat(rate.at(0)).isEqualTo(0.05f);
        assertThat(rate.at(1)).isEqualTo(0.1f);
        assertThat(rate.at(2)).isEqualTo(0.1f);
        assertThat(rate.at(4)).isEqualTo(1f);
        assertThat(rate.at(7)).isEqualTo(0.001f, within(1e-8f));
    }

    @Test
    void constantStaysAndWarmUpRisesToIt() {
        LearningRate rate = new LearningRate(new Constant(2), 0.4f, 2, 5);
        assertThat(rates(rate, 6)).containsExactly(0.1f, 0.2f, 0.3f, 0.4f, 0.4f, 0.4f);
    }

    /** StepLR(step_size=2, gamma=0.5) from 0.8, three batches an epoch. */
    @Test
    void stepFallsAtTheEndOfEpochs() {
        LearningRate rate = new LearningRate(new Step(2, 0.5f, 0), 0.8f, 3, 6);
        assertThat(rates(rate, 18))
                .containsExactly(
                        0.8f, 0.8f, 0.8f, 0.8f, 0.8f, 0.8f, 0.4f, 0.4f, 0.4f, 0.4f, 0.4f, 0.4f, 0.2f, 0.2f, 0.2f, 0.2f,
                        0.2f, 0.2f);
    }

    /** The warm-up's epochs count: at epoch 2 the rate has already fallen once. */
    @Test
    void stepWithWarmUp() {
        LearningRate rate = new LearningRate(new Step(2, 0.5f, 1), 0.8f, 2, 4);
        assertThat(rates(rate, 8)).containsExactly(0.4f, 0.8f, 0.8f, 0.8f, 0.4f, 0.4f, 0.4f, 0.4f);
    }

    /** CosineAnnealingLR(T_max=8) from 0.1, stepped after each batch: 0.1 (1 + cos(pi s/8))/2. */
    @Test
    void cosineFallsToZeroWithTheStepAfterTheLast() {
        LearningRate rate = new LearningRate(new Cosine(0), 0.1f, 4, 2);
        float[] expected = {0.1f, 0.0961940f, 0.0853553f, 0.0691342f, 0.05f, 0.0308658f, 0.0146447f, 0.0038060f};
        assertThat(rates(rate, 8)).containsExactly(expected, within(1e-7f));
        assertThat(rate.at(8)).isZero();
    }

    @Test
    void cosineBeginsBehindTheWarmUp() {
        LearningRate rate = new LearningRate(new Cosine(1), 0.1f, 4, 3);
        float[] expected = {0.025f, 0.05f, 0.075f, 0.1f, 0.1f, 0.0961940f, 0.0853553f};
        assertThat(rates(rate, 7)).containsExactly(expected, within(1e-7f));
    }

    @Test
    void aWarmUpAsLongAsTheRunIsAllThereIs() {
        LearningRate rate = new LearningRate(new Cosine(3), 0.6f, 1, 3);
        assertThat(rates(rate, 3)).containsExactly(0.2f, 0.4f, 0.6f);
    }

    private static float[] rates(LearningRate rate, int count) {
        float[] rates = new float[count];
        for (int step = 0; step < count; step++) {
            rates[step] = rate.at(step);
        }
        return rates;
    }
}
