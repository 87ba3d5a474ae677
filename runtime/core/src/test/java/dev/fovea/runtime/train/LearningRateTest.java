package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Cosine;
import dev.fovea.ops.recipe.Schedule;
import dev.fovea.ops.recipe.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    @Test
    void everyScheduleOfARecipeHasItsArithmetic() {
        List<Schedule> samples = List.of(new Constant(1), new Cosine(1), new Step(2, 0.5f, 1));
        assertThat(samples)
                .extracting(sample -> sample.def().name())
                .isEqualTo(dev.fovea.ops.recipe.Recipes.SCHEDULES.names());
        assertThat(samples).allSatisfy(schedule -> assertThat(new LearningRate(schedule, 0.1f, 4, 5).at(3))
                .isEqualTo(0.1f));
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
