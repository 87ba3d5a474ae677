package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.FlipHorizontal;
import dev.fovea.ops.recipe.Normalize;
import dev.fovea.ops.recipe.Shift;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.data.ArrayDataSet;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.data.Sample;
import dev.fovea.runtime.data.Subset;
import dev.fovea.runtime.model.NonFiniteLayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TrainerTest {
    private static final DataSet DATA = Recipes.pictures(70, 1);
    private static final DataSet TEST = Recipes.pictures(21, 2);

    @TempDir
    Path folder;

    @Test
    void learnsToTellTheClassesApart() throws Exception {
        try (TinyModel model = TinyModel.training(8, 1)) {
            Recipe recipe = Recipes.recipe(Recipes.LOSS).withEpochs(12);
            TrainingReport report = new Trainer(model, recipe).train(DATA, Optional.of(TEST), TrainingListener.NONE);
            assertThat(report.epochs()).hasSize(12);
            EpochReport first = report.epochs().get(0);
            assertThat(report.last().training().loss())
                    .isLessThan(first.training().loss() / 2);
            assertThat(report.last().training().samples()).isEqualTo(70);
            Score test = report.last().test().orElseThrow();
            assertThat(test.samples()).isEqualTo(21);
            assertThat(test.metrics().get("accuracy")).isGreaterThan(0.95);
            assertThat(test.metrics().get("top2"))
                    .isGreaterThanOrEqualTo(test.metrics().get("accuracy"));
            assertThat(test).isEqualTo(Evaluator.evaluate(model, recipe, TEST));
            assertThat(model.step()).isEqualTo(12 * 9);
        }
    }

    /** The steps by hand: batches in the shuffled order, momentum and weight decay, the last batch of an epoch short. */
    @Test
    void theFirstStepsAreWhatTheRecipeSays() throws Exception {
        DataSet ten = Subset.range(DATA, 0, 10);
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void step(Progress progress) {
                losses.add(progress.loss());
            }
        };
        try (TinyModel model = TinyModel.training(8, 3)) {
            new Trainer(model, Recipes.recipe(Recipes.LOSS).withEpochs(1)).train(ten, Optional.empty(), listener);
        }
        int[] order = new int[10];
        dev.fovea.runtime.random.RandomStream.named(3, "shuffle").child(0).permutation(order);
        try (TinyModel model = TinyModel.training(8, 3);
                TrainingStep step = new TrainingStep(
                        model, Recipes.recipe(Recipes.LOSS), Recipes.phase("", 0.1f, 1, Recipes.LOSS))) {
            double first = step(model, step, order, 0, 8);
            double second = step(model, step, order, 8, 2);
            assertThat(losses.get(0)).isEqualTo(first);
            assertThat(losses.get(1)).isCloseTo((8 * first + 2 * second) / 10, within(1e-12));
        }
    }

    private static double step(TinyModel model, TrainingStep step, int[] order, int from, int count) throws Exception {
        Sample sample = Sample.of(DATA);
        float[] images = new float[16 * count];
        float[] labels = new float[count];
        for (int i = 0; i < count; i++) {
            DATA.read(order[from + i], sample);
            System.arraycopy(sample.array(0), 0, images, 16 * i, 16);
            labels[i] = sample.array(1)[0];
        }
        model.write(model.spec().inputs().get(0), images, count);
        step.objective().target("label", labels, count);
        double loss = step.forward(count);
        step.backward(0.1f);
        return loss;
    }

    @Test
    void sameSeedSameBytesWhateverTheListenersAndTests() throws Exception {
        byte[] plain = train("a", 1, OptionalLong.empty(), Optional.empty(), TrainingListener.NONE);
        byte[] watched = train(
                "b",
                1,
                OptionalLong.empty(),
                Optional.of(TEST),
                new ProgressLine(new java.io.PrintStream(new java.io.ByteArrayOutputStream()), true));
        assertThat(watched).isEqualTo(plain);
        assertThat(train("c", 2, OptionalLong.empty(), Optional.empty(), TrainingListener.NONE))
                .isNotEqualTo(plain);
        assertThat(train("d", 1, OptionalLong.of(5), Optional.empty(), TrainingListener.NONE))
                .isNotEqualTo(plain);
        assertThat(train("e", 1, OptionalLong.of(1), Optional.empty(), TrainingListener.NONE))
                .isEqualTo(plain);
    }

    private byte[] train(
            String name, long modelSeed, OptionalLong seed, Optional<DataSet> test, TrainingListener listener)
            throws Exception {
        Recipe recipe = Recipes.of(Recipes.phase(
                "",
                0.1f,
                3,
                Map.of("image", List.of(new Shift(1), new FlipHorizontal(0.5f))),
                List.of(),
                Optional.empty(),
                Recipes.LOSS,
                Recipes.AUX_LOSS));
        try (TinyModel model = TinyModel.training(8, modelSeed)) {
            TrainingOptions options = new TrainingOptions(seed, System::nanoTime);
            new Trainer(model, recipe, options).train(DATA, test, listener);
            Path file = folder.resolve(name);
            model.save(file);
            return Files.readAllBytes(file);
        }
    }

    @Test
    void frozenLayersStayAndTheOthersMove() throws Exception {
        Recipe recipe = Recipes.of(Recipes.phase(
                "", 0.1f, 2, Map.of(), List.of("fc1", "fc2.bias"), Optional.empty(), Recipes.LOSS, Recipes.AUX_LOSS));
        try (TinyModel model = TinyModel.training(8, 1);
                TinyModel fresh = TinyModel.training(8, 1)) {
            new Trainer(model, recipe).train(DATA, Optional.empty(), TrainingListener.NONE);
            for (String name : List.of("fc1.weight", "fc1.bias", "fc2.bias")) {
                assertThat(values(model, name)).as(name).isEqualTo(values(fresh, name));
            }
            for (String name : List.of("fc2.weight", "fc3.weight", "fc3.bias")) {
                assertThat(values(model, name)).as(name).isNotEqualTo(values(fresh, name));
            }
        }
    }

    @Test
    void freezingNothingThatExistsOrEverythingIsRefused() throws Exception {
        for (List<String> frozen : List.of(List.of("fc"), List.of("fc1", "fc2", "fc3", "fc4"))) {
            Recipe recipe = Recipes.of(Recipes.phase("", 0.1f, 2, Map.of(), frozen, Optional.empty(), Recipes.LOSS));
            try (TinyModel model = TinyModel.training(8, 1)) {
                assertThatThrownBy(
                                () -> new Trainer(model, recipe).train(DATA, Optional.empty(), TrainingListener.NONE))
                        .isInstanceOf(FoveaException.class)
                        .hasMessage(
                                frozen.size() == 1
                                        ? "`freeze fc` names no layer that has parameters"
                                        : "there is nothing to train: every parameter is frozen");
            }
        }
    }

    @Test
    void clippingBoundsTheNormOfTheGradientsThatMove() throws Exception {
        for (float most : new float[] {0.01f, 1e6f}) {
            Phase phase = new Phase(most);
            try (TinyModel model = TinyModel.training(8, 1);
                    TinyModel fresh = TinyModel.training(8, 1);
                    TrainingStep step = new TrainingStep(model, Recipes.of(phase.clipped), phase.clipped);
                    TrainingStep plain = new TrainingStep(fresh, Recipes.of(phase.plain), phase.plain)) {
                step(model, step, new int[] {1, 2, 3}, 0, 3);
                step(fresh, plain, new int[] {1, 2, 3}, 0, 3);
                double norm = Math.sqrt(fresh.kernels()
                        .sumOfSquares(fresh.gradients(), 96, fresh.gradients().length() - 96));
                double factor = Math.min(1, most / (norm + 1e-6));
                assertThat(norm).isBetween(0.05, 100.0);
                float[] clipped = model.weights()
                        .readGradient(model.weights().find("fc2.weight").orElseThrow());
                float[] whole = fresh.weights()
                        .readGradient(fresh.weights().find("fc2.weight").orElseThrow());
                for (int i = 0; i < whole.length; i++) {
                    assertThat(clipped[i])
                            .isCloseTo((float) (whole[i] * factor), within(1e-9f + Math.abs(whole[i]) * 1e-6f));
                }
            }
        }
    }

    /** With fc1 frozen, so that its gradients must not count. */
    private record Phase(Recipe.Phase clipped, Recipe.Phase plain) {
        Phase(float most) {
            this(make(Optional.of(most)), make(Optional.empty()));
        }

        private static Recipe.Phase make(Optional<Float> clip) {
            return Recipes.phase("", 0.1f, 1, Map.of(), List.of("fc1"), clip, Recipes.LOSS);
        }
    }

    @Test
    void phasesRunInOrderAndShufflingGoesOn() throws Exception {
        Recipe recipe = Recipes.of(
                Recipes.phase("features", 0.1f, 2, Recipes.COPY_LOSS),
                Recipes.phase("classifier", 0.05f, 1, Recipes.LOSS));
        PlainKernels kernels = new PlainKernels();
        try (TinyModel model = new TinyModel(kernels, 8, 1, true)) {
            TrainingReport report = new Trainer(model, recipe).train(DATA, Optional.of(TEST), TrainingListener.NONE);
            assertThat(report.epochs())
                    .extracting(EpochReport::phase, EpochReport::epoch, EpochReport::epochs, EpochReport::learningRate)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("features", 1, 2, 0.1f),
                            org.assertj.core.groups.Tuple.tuple("features", 2, 2, 0.1f),
                            org.assertj.core.groups.Tuple.tuple("classifier", 1, 1, 0.05f));
        }
        assertThat(kernels.isClean()).isTrue();
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunInThatStep() throws Exception {
        AtomicLong steps = new AtomicLong();
        TrainingListener counter = new TrainingListener() {
            @Override
            public void step(Progress progress) {
                steps.incrementAndGet();
            }
        };
        Recipe recipe = Recipes.of(Recipes.phase("", 1e30f, 4, Recipes.COPY_LOSS));
        PlainKernels kernels = new PlainKernels();
        try (TinyModel model = new TinyModel(kernels, 8, 1, true)) {
            assertThatThrownBy(() -> new Trainer(model, recipe).train(DATA, Optional.empty(), counter))
                    .isInstanceOfSatisfying(FoveaException.class, e -> {
                        assertThat(e.message())
                                .matches(
                                        "the loss is (NaN|infinite) in epoch 1, step " + (steps.get() + 1)
                                                + " of 9: (the first layer whose values are not finite is|the values of all layers).*");
                        assertThat(e.help()).first().asString().contains("learning rate, which was 1.00e+30");
                    });
            assertThat(steps.get()).isBetween(1L, 4L);
        }
        assertThat(kernels.isClean()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("fovea-batches"));
    }

    @Test
    void theFirstParameterThatIsNotFiniteIsNamed() throws Exception {
        try (TinyModel model = TinyModel.training(8, 1)) {
            model.weights().write(model.weights().find("fc2.bias").orElseThrow(), new float[] {0, Float.NaN, 0});
            Recipe recipe = Recipes.of(Recipes.phase("second", 0.1f, 4, Recipes.LOSS));
            assertThatThrownBy(() -> new Trainer(model, recipe).train(DATA, Optional.empty(), TrainingListener.NONE))
                    .hasMessageMatching("the loss is NaN in phase `second`, epoch 1, step 1 of 9: "
                            + "the first layer whose values are not finite is `fc2` \\(dense\\): of its 24 values 8 are NaN "
                            + "and 0 infinite, the others lie between -?[\\d.]+ and -?[\\d.]+, mean -?[\\d.]+; "
                            + "the first parameter that is no longer finite is fc2.bias");
        }
    }

    /** Infinity in the second layer, NaN in those behind it: the second is the one to be named. */
    @Test
    void theFirstLayerThatOverflowsIsNamed() throws Exception {
        try (TinyModel model = TinyModel.training(8, 1)) {
            float[] weights = new float[80];
            Arrays.fill(weights, 3e38f);
            model.weights().write(model.weights().find("fc1.weight").orElseThrow(), weights);
            Recipe recipe = Recipes.recipe(Recipes.LOSS);
            assertThatThrownBy(() -> new Trainer(model, recipe).train(DATA, Optional.empty(), TrainingListener.NONE))
                    .hasMessage(
                            "the loss is NaN in epoch 1, step 1 of 9: the first layer whose values are not finite is"
                                    + " `fc1` (dense): of its 40 values 0 are NaN and 40 infinite; the parameters are finite");
            assertThat(model.firstNonFinite(1, false)).map(NonFiniteLayer::name).contains("fc1");
        }
        try (TinyModel model = TinyModel.training(8, 1)) {
            assertThat(model.firstNonFinite(8, true)).isEmpty();
        }
    }

    @Test
    void dataThatAreNotNumbersAreTheDatasFault() throws Exception {
        float[] images = new float[16];
        images[7] = Float.NaN;
        DataSet bad = new ArrayDataSet(DATA.fields(), List.of(images, new float[1]));
        try (TinyModel model = TinyModel.training(8, 1)) {
            assertThatThrownBy(() -> new Trainer(model, Recipes.recipe(Recipes.LOSS))
                            .train(bad, Optional.empty(), TrainingListener.NONE))
                    .hasMessage("the loss is NaN in epoch 1, step 1 of 1: "
                            + "the data for the input `image` are not all finite numbers");
        }
    }

    @Test
    void normalisationHoldsForTestsToo() throws Exception {
        Recipe normalised = Recipes.of(Recipes.phase(
                "",
                0.1f,
                1,
                Map.of("image", List.of(new Normalize(List.of(0.25f), List.of(0.5f)), new Shift(1))),
                List.of(),
                Optional.empty(),
                Recipes.LOSS));
        float[] images = new float[16 * TEST.size()];
        float[] labels = new float[TEST.size()];
        Sample sample = Sample.of(TEST);
        for (int i = 0; i < TEST.size(); i++) {
            TEST.read(i, sample);
            labels[i] = sample.array(1)[0];
            for (int pixel = 0; pixel < 16; pixel++) {
                images[16 * i + pixel] = (sample.array(0)[pixel] - 0.25f) / 0.5f;
            }
        }
        DataSet byHand = new ArrayDataSet(TEST.fields(), List.of(images, labels));
        try (TinyModel model = TinyModel.training(8, 1)) {
            assertThat(Evaluator.evaluate(model, normalised, TEST))
                    .isEqualTo(Evaluator.evaluate(model, Recipes.recipe(Recipes.LOSS), byHand));
        }
    }

    @Test
    void aModelForInferenceScoresTheSame() throws Exception {
        Recipe recipe = Recipes.recipe(Recipes.LOSS, Recipes.AUX_LOSS);
        try (TinyModel training = TinyModel.training(8, 1);
                TinyModel inference = new TinyModel(new PlainKernels(), 5, 1, false)) {
            Score score = Evaluator.evaluate(inference, recipe, TEST);
            Score other = Evaluator.evaluate(training, recipe, TEST);
            assertThat(score.loss()).isCloseTo(other.loss(), within(1e-6));
            assertThat(score.metrics()).isEqualTo(other.metrics());
        }
    }

    @Test
    void modelsThatCannotBeTrainedSoAreRefused() {
        Recipe recipe = Recipes.recipe(Recipes.LOSS);
        try (TinyModel small = TinyModel.training(4, 1);
                TinyModel inference = new TinyModel(new PlainKernels(), 8, 1, false)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Trainer(small, recipe))
                    .withMessage("the recipe has batches of 8, the model was built for 4: build it with batch(8)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Trainer(inference, recipe))
                    .withMessage("TinyModel was built for inference");
        }
    }

    @Test
    void aListenersFaultEndsTheRunAndLeavesNothingOpen() throws Exception {
        PlainKernels kernels = new PlainKernels();
        TrainingListener full = new TrainingListener() {
            @Override
            public void epoch(EpochReport report) throws FoveaException {
                throw new FoveaException("the disk is full", List.of());
            }
        };
        try (TinyModel model = new TinyModel(kernels, 8, 1, true)) {
            assertThatThrownBy(() -> new Trainer(model, Recipes.recipe(Recipes.LOSS))
                            .train(DATA, Optional.of(TEST), TrainingListener.all(TrainingListener.NONE, full)))
                    .hasMessage("the disk is full");
        }
        assertThat(kernels.isClean()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("fovea-batches"));
    }

    @Test
    void anEmptyDataSetIsRefused() throws Exception {
        PlainKernels kernels = new PlainKernels();
        try (TinyModel model = new TinyModel(kernels, 8, 1, true)) {
            DataSet empty = Subset.range(DATA, 0, 0);
            assertThatThrownBy(() -> new Trainer(model, Recipes.recipe(Recipes.LOSS))
                            .train(empty, Optional.of(TEST), TrainingListener.NONE))
                    .isInstanceOf(FoveaException.class)
                    .hasMessage("the data set is empty");
            assertThatThrownBy(() -> new Trainer(model, Recipes.recipe(Recipes.LOSS))
                            .train(DATA, Optional.of(empty), TrainingListener.NONE))
                    .hasMessage("the data set is empty");
        }
        assertThat(kernels.isClean()).isTrue();
    }

    @Test
    void dataWithoutLabelsTrainWhereNoLossNeedsThem() throws Exception {
        float[] images = new float[32];
        DataSet unlabelled = new ArrayDataSet(List.of(new Field.Values("x", Shape.of(1, 4, 4))), List.of(images));
        Recipe.Phase phase = Recipes.phase("", 0.1f, 1, Recipes.COPY_LOSS);
        Recipe.Phase noMetrics = new Recipe.Phase(
                phase.name(),
                phase.losses(),
                phase.optimizer(),
                phase.schedule(),
                phase.batch(),
                phase.epochs(),
                phase.augmentations(),
                List.of(),
                phase.frozen(),
                phase.clipNorm(),
                phase.seed());
        try (TinyModel model = TinyModel.training(8, 1)) {
            TrainingReport report = new Trainer(model, Recipes.of(noMetrics))
                    .train(unlabelled, Optional.empty(), TrainingListener.NONE);
            assertThat(report.last().training().metrics()).isEmpty();
            assertThatThrownBy(() -> new Trainer(model, Recipes.recipe(Recipes.LOSS))
                            .train(unlabelled, Optional.empty(), TrainingListener.NONE))
                    .isInstanceOfSatisfying(FoveaException.class, e -> assertThat(e.describe())
                            .isEqualTo("error: the data set has no classes for the target `label`\n"
                                    + "  = help: its fields are `x` [1, 4, 4]"));
        }
    }

    private static float[] values(TinyModel model, String name) {
        return model.weights().read(model.weights().find(name).orElseThrow());
    }
}
