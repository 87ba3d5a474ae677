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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PredictorTest {
    private static final int BATCH = 4;
    private static final int THREADS = 16;
    private static final int CALLS = 6_250;

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
    void sixteenThreadsGiveWhatOneDoes() throws Exception {
        List<float[]> expected = new ArrayList<>();
        try (TinyModel one = builder().threads(1).inference().batch(9).build()) {
            one.load(weights);
            for (int i = 0; i < 90; i++) {
                expected.add(one.predict(samples(i)));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Predictor predictor = Predictor.load(builder(), weights, THREADS)) {
            List<Callable<Integer>> works = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int from = thread * 11;
                works.add(() -> {
                    for (int call = 0; call < CALLS; call++) {
                        int number = (from + call) % expected.size();
                        assertThat(predictor.predict(samples(number))).isEqualTo(expected.get(number));
                    }
                    return CALLS;
                });
            }
            for (Future<Integer> done : threads.invokeAll(works)) {
                assertThat(done.get()).isEqualTo(CALLS);
            }
            assertThat(predictor.models()).isBetween(1, THREADS);
        } finally {
            threads.shutdownNow();
        }
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
