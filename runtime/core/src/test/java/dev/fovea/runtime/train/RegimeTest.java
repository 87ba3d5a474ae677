package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Constant;
import dev.fovea.ops.recipe.Regime;
import dev.fovea.ops.recipe.Sgd;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.train.Recipe.MetricUse;
import dev.fovea.runtime.train.Recipe.Phase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recipe says beside its optimizer, against what it means done by hand. */
class RegimeTest {
    private static final DataSet DATA = Recipes.pictures(70, 1);
    private static final DataSet TEST = Recipes.pictures(21, 2);

    @TempDir
    Path folder;

    private static Phase phase(int batch, int epochs, float rate, Regime regime) {
        return new Phase(
                        "",
                        List.of(Recipes.LOSS, Recipes.COPY_LOSS),
                        new Sgd(rate, 0.9f, false, 1e-4f),
                        new Constant(0),
                        batch,
                        epochs,
                        Map.of(),
                        Recipes.METRICS,
                        List.of("fc4"),
                        Optional.empty(),
                        Optional.empty())
                .with(regime);
    }

    private static Regime accumulate(int batches) {
        Regime p = Regime.PLAIN;
        return new Regime(p.clipValue(), batches, p.average(), p.stop(), p.keepBest(), p.checkpointEvery());
    }

    private static Regime average(float decay) {
        Regime p = Regime.PLAIN;
        return new Regime(p.clipValue(), 1, Optional.of(decay), p.stop(), p.keepBest(), p.checkpointEvery());
    }

    private static Regime stop(String metric, int patience, float minDelta) {
        Regime p = Regime.PLAIN;
        Regime.Stop rule = new Regime.Stop(metric, patience, minDelta);
        return new Regime(p.clipValue(), 1, p.average(), Optional.of(rule), p.keepBest(), p.checkpointEvery());
    }

    private static Regime keep(String metric) {
        Regime p = Regime.PLAIN;
        return new Regime(p.clipValue(), 1, p.average(), p.stop(), Optional.of(metric), p.checkpointEvery());
    }

    private static List<float[]> weights(TinyModel model) {
        List<float[]> all = new ArrayList<>();
        for (ModelParameter parameter : model.weights().all()) {
            all.add(model.weights().read(parameter));
        }
        return all;
    }

    private static List<float[]> trained(Phase phase) throws Exception {
        try (TinyModel model = TinyModel.training(8, 1)) {
            new Trainer(model, Recipes.of(phase)).train(DATA, Optional.empty(), TrainingListener.NONE);
            return weights(model);
        }
    }

    /** 70 samples in batches of 4: the last group of an epoch has a batch of 4 and one of 2, as the last batch of 8 has 6. */
    @Test
    void twoBatchesOfFourAreOneOfEight() throws Exception {
        List<float[]> two = trained(phase(4, 3, 0.1f, accumulate(2)));
        List<float[]> one = trained(phase(8, 3, 0.1f, Regime.PLAIN));
        List<float[]> single = trained(phase(4, 3, 0.1f, Regime.PLAIN));
        for (int i = 0; i < one.size(); i++) {
            assertThat(two.get(i)).containsExactly(one.get(i), within(2e-5f));
        }
        assertThat(difference(single, one)).isGreaterThan(1e-2);
    }

    private static double difference(List<float[]> a, List<float[]> b) {
        double largest = 0;
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < a.get(i).length; j++) {
                largest = Math.max(largest, Math.abs(a.get(i)[j] - b.get(i)[j]));
            }
        }
        return largest;
    }

    @Test
    void everyElementOfTheGradientsIsBounded() throws Exception {
        float most = 0.02f;
        Regime clipped = new Regime(
                Optional.of(most), 1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        try (TinyModel model = TinyModel.training(8, 1);
                TinyModel plain = TinyModel.training(8, 1);
                TrainingStep clip = step(model, clipped);
                TrainingStep free = step(plain, Regime.PLAIN)) {
            one(model, clip);
            one(plain, free);
            int bounded = 0;
            for (ModelParameter parameter : model.weights().all()) {
                if (parameter.name().startsWith("fc4")) {
                    continue; // frozen: its gradients are of no account
                }
                float[] actual = model.weights().readGradient(parameter);
                float[] whole = plain.weights().readGradient(parameter);
                for (int i = 0; i < whole.length; i++) {
                    assertThat(actual[i]).isEqualTo(Math.max(-most, Math.min(most, whole[i])));
                    bounded += Math.abs(whole[i]) > most ? 1 : 0;
                }
            }
            assertThat(bounded).isPositive();
        }
    }

    private static TrainingStep step(TinyModel model, Regime regime) throws Exception {
        Phase phase = phase(8, 1, 0.1f, regime);
        return new TrainingStep(model, Recipes.of(phase), phase);
    }

    private static void one(TinyModel model, TrainingStep step) {
        float[] images = new float[32];
        images[3] = 1;
        images[21] = 0.5f;
        model.write(model.spec().inputs().get(0), images, 2);
        step.objective().target("label", new float[] {1, 2}, 2);
        step.forward(2);
        step.backward(0.1f);
    }

    /** The averages by hand, from the weights after each step of the same run without them. */
    @Test
    void theAveragesAreThoseOfTheUpdates() throws Exception {
        float decay = 0.75f;
        List<List<float[]>> steps = new ArrayList<>();
        try (TinyModel model = TinyModel.training(8, 1)) {
            TrainingListener watcher = new TrainingListener() {
                @Override
                public void step(Progress progress) {
                    steps.add(weights(model));
                }
            };
            new Trainer(model, Recipes.of(phase(8, 2, 0.1f, Regime.PLAIN))).train(DATA, Optional.empty(), watcher);
        }
        List<float[]> expected = steps.get(0);
        for (List<float[]> step : steps.subList(1, steps.size())) {
            for (int i = 0; i < expected.size(); i++) {
                for (int j = 0; j < expected.get(i).length; j++) {
                    expected.get(i)[j] = decay * expected.get(i)[j] + (1 - decay) * step.get(i)[j];
                }
            }
        }
        Recipe recipe = Recipes.of(phase(8, 2, 0.1f, average(decay)));
        List<List<float[]>> judged = new ArrayList<>();
        try (TinyModel model = TinyModel.training(8, 1)) {
            TrainingListener watcher = new TrainingListener() {
                @Override
                public void epoch(EpochReport report) {
                    judged.add(weights(model));
                }
            };
            TrainingReport report = new Trainer(model, recipe).train(DATA, Optional.of(TEST), watcher);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(weights(model).get(i)).containsExactly(expected.get(i), within(1e-6f));
            }
            assertThat(difference(judged.get(1), weights(model))).isZero();
            assertThat(report.last().test()).contains(Evaluator.evaluate(model, recipe, TEST));
            // frozen parameters are as they were, every bit
            try (TinyModel fresh = TinyModel.training(8, 1)) {
                assertThat(weights(model).get(6)).isEqualTo(weights(fresh).get(6));
            }
        }
    }

    @Test
    void aPhaseEndsWhenItsFigureNoLongerGetsBetter() throws Exception {
        Phase first = phase(8, 50, 0.1f, stop("loss", 2, 1e9f));
        Phase second = phase(8, 2, 0.05f, Regime.PLAIN);
        try (TinyModel model = TinyModel.training(8, 1)) {
            TrainingReport report =
                    new Trainer(model, Recipes.of(first, second)).train(DATA, Optional.of(TEST), TrainingListener.NONE);
            assertThat(report.epochs()).extracting(EpochReport::epoch).containsExactly(1, 2, 3, 1, 2);
            assertThat(report.epochs()).extracting(EpochReport::epochs).containsExactly(50, 50, 50, 2, 2);
        }
    }

    @Test
    void shareIsBetterLargerAndLossSmaller() {
        Phase phase = phase(8, 1, 0.1f, Regime.PLAIN);
        Figure accuracy = new Figure(phase, "accuracy", 0.1);
        assertThat(accuracy.offer(score(1, 0.5), Optional.empty())).isTrue();
        assertThat(accuracy.offer(score(0.5, 0.55), Optional.empty())).isFalse();
        assertThat(accuracy.offer(score(0.5, Double.NaN), Optional.empty())).isFalse();
        assertThat(accuracy.since()).isEqualTo(2);
        assertThat(accuracy.offer(score(0.5, 0.1), Optional.of(score(9, 0.7)))).isTrue();
        assertThat(accuracy.since()).isZero();
        Figure loss = new Figure(phase, "loss", 0);
        assertThat(loss.offer(score(1, 0.5), Optional.empty())).isTrue();
        assertThat(loss.offer(score(1, 0.6), Optional.empty())).isFalse();
        assertThat(loss.offer(score(0.9, 0.6), Optional.empty())).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Figure(phase, "f1", 0))
                .withMessageContaining("measures no `f1`");
    }

    private static Score score(double loss, double accuracy) {
        return new Score(loss, Map.of("accuracy", accuracy), 1);
    }

    /** The smaller the logits the better: training makes them grow, so that the first epoch is the best. */
    record Smallness() implements CustomMetric {
        @Override
        public String label() {
            return "smallness";
        }

        @Override
        public double sum(float[] predictions, Shape shape, float[] targets, int samples) {
            double sum = 0;
            for (int i = 0; i < samples * shape.size(); i++) {
                sum -= Math.abs(predictions[i]);
            }
            return sum;
        }
    }

    @Test
    void theWeightsOfTheBestEpochAreThoseThatStay() throws Exception {
        Phase plain = phase(8, 4, 0.1f, keep("smallness"));
        Phase judged = new Phase(
                        plain.name(),
                        plain.losses(),
                        plain.optimizer(),
                        plain.schedule(),
                        plain.batch(),
                        plain.epochs(),
                        plain.augmentations(),
                        List.of(new MetricUse(new Smallness(), "logits", "label")),
                        plain.frozen(),
                        plain.clipNorm(),
                        plain.seed())
                .with(plain.regime());
        Recipe recipe = Recipes.of(judged);
        try (TinyModel model = TinyModel.training(8, 1);
                TinyModel once = TinyModel.training(8, 1);
                RunFolder run = new RunFolder(folder, model, recipe)) {
            TrainingReport report = new Trainer(model, recipe).train(DATA, Optional.of(TEST), run);
            double[] figures = report.epochs().stream()
                    .mapToDouble(epoch -> epoch.test().orElseThrow().metrics().getOrDefault("smallness", Double.NaN))
                    .toArray();
            assertThat(figures[3]).isLessThan(figures[0]);
            assertThat(report.kept().epoch()).isEqualTo(1);
            assertThat(report.kept().test())
                    .contains(Evaluator.evaluate(model, recipe, TEST).withoutConfusion());
            new Trainer(once, recipe.withEpochs(1)).train(DATA, Optional.of(TEST), TrainingListener.NONE);
            assertThat(difference(weights(once), weights(model))).isZero();
        }
        assertThat(folder.resolve("best.safetensors")).hasSameBinaryContentAs(folder.resolve("model.safetensors"));
    }
}
