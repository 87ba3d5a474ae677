package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.model.ModelBuilder;
import dev.fovea.runtime.model.Predictor;
import dev.fovea.runtime.random.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Predictions from many threads; each makes as many as {@code -Dfovea.predictions} says, 100,000 for a long look at the heap. */
@Timeout(120)
class PredictorTest {
    private static final int BATCH = 4;
    private static final int THREADS = 16;
    private static final int CALLS = Integer.getInteger("fovea.predictions", 6_250);

    @TempDir
    Path folder;

    private Path weights;

    private static ModelBuilder<TinyModel> builder() {
        return new ModelBuilder<TinyModel>(TinyModel::new).device("cpu").batch(BATCH);
    }

    @BeforeEach
    void save() throws Exception {
        weights = folder.resolve("weights.safetensors");
        try (TinyModel model = builder().seed(7).build()) {
            model.save(weights);
        }
    }

    /** Of 1 to 9 samples: less than a batch, batches, and a rest. */
    private static float[] samples(int number) {
        float[] samples = new float[16 * (1 + number % 9)];
        RandomStream.named(3, "samples").child(number).fillUniform(samples, 0, samples.length, 0, -1, 1);
        return samples;
    }

    @Test
    @Timeout(3_600)
    void sixteenThreadsGiveWhatOneDoesAndNothingGrows() throws Exception {
        List<float[]> samples = new ArrayList<>();
        List<float[]> expected = new ArrayList<>();
        try (TinyModel one = builder().threads(1).inference().batch(9).build()) {
            one.load(weights);
            for (int i = 0; i < 90; i++) {
                samples.add(samples(i));
                expected.add(one.predict(samples(i)));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Predictor predictor = Predictor.load(builder(), weights, THREADS)) {
            List<Callable<Integer>> works = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int from = thread * 11;
                works.add(() -> {
                    int right = 0;
                    for (int call = 0; call < CALLS / 2; call++) {
                        int number = (from + call) % expected.size();
                        right += Arrays.equals(predictor.predict(samples.get(number)), expected.get(number)) ? 1 : 0;
                    }
                    return right;
                });
            }
            List<Long> heap = new ArrayList<>();
            for (int half = 0; half < 2; half++) {
                for (Future<Integer> right : threads.invokeAll(works)) {
                    assertThat(right.get()).isEqualTo(CALLS / 2);
                }
                heap.add(heapInUse());
            }
            assertThat(predictor.models()).isBetween(1, THREADS);
            if (Integer.getInteger("fovea.predictions") != null) {
                System.out.printf(
                        "%d predictions, all right, %d models; heap in use after the first half %d kB, after the"
                                + " second %d kB%n",
                        THREADS * CALLS, predictor.models(), heap.get(0) / 1000, heap.get(1) / 1000);
            }
            // Were each call of the second half to keep the smallest object, it would be sixteen bytes a call.
            assertThat(heap.get(1) - heap.get(0)).isLessThan(Math.max(300_000, THREADS * CALLS / 2));
        } finally {
            threads.shutdownNow();
        }
    }

    private static long heapInUse() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    @Test
    void oneAfterTheOtherNeedsOneModel() throws Exception {
        try (Predictor predictor = Predictor.load(builder(), weights)) {
            for (int i = 0; i < 50; i++) {
                predictor.predict(samples(i));
            }
            assertThat(predictor.models()).isEqualTo(1);
            assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(new float[15]));
            assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(new float[16 * 5 + 1]));
            assertThat(predictor.predict(samples(3)))
                    .as("a fault leaves it usable")
                    .hasSize(12);
        }
    }

    @Test
    void whatIsClosedOrWrongSaysSo() throws Exception {
        Predictor predictor = Predictor.load(builder(), weights);
        predictor.close();
        predictor.close();
        assertThatThrownBy(() -> predictor.predict(new float[16])).hasMessage("the predictor is closed");
        assertThatThrownBy(() -> Predictor.load(builder(), folder.resolve("none")))
                .isInstanceOf(InputException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> Predictor.load(builder(), weights, 0));
    }

    /** Two models on one set of weights: what changes in the one changes in the other, and closing the second leaves the first. */
    @Test
    void theWeightsAreTheSameMemory() throws Exception {
        try (TinyModel original = builder().inference().build()) {
            try (TinyModel other = builder().buildOn(original)) {
                original.load(weights);
                assertThat(other.predict(samples(2))).isEqualTo(original.predict(samples(2)));
            }
            assertThat(original.predict(samples(2))).hasSize(9);
        }
    }
}
