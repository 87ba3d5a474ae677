package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.recipe.Cosine;
import dev.fovea.ops.recipe.FlipHorizontal;
import dev.fovea.ops.recipe.Mixup;
import dev.fovea.ops.recipe.Regime;
import dev.fovea.ops.recipe.Shift;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.data.Sample;
import dev.fovea.runtime.data.Subset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is cut off and resumed gives what the uninterrupted one gives, byte by byte. */
@Timeout(60)
class ResumeTest {
    private static final DataSet DATA = Recipes.pictures(70, 1);
    private static final DataSet TEST = Recipes.pictures(21, 2);
    private static final int STEPS = 3 * 9 + 2 * 9;

    @TempDir
    Path folder;

    /** Momentum, weight decay, shuffling, augmentation, a schedule with warm-up, clipping, two phases. */
    private static Recipe recipe() {
        return Recipes.of(phase("features", 3, Recipes.LOSS, Recipes.AUX_LOSS), phase("rest", 2, Recipes.COPY_LOSS));
    }

    private static Recipe.Phase phase(String name, int epochs, Recipe.LossTerm... losses) {
        Recipe.Phase plain = Recipes.phase(
                name,
                0.1f,
                epochs,
                Map.of("image", List.of(new Shift(1), new FlipHorizontal(0.5f), new Mixup(0.4f))),
                List.of(),
                Optional.of(0.5f),
                losses);
        return new Recipe.Phase(
                plain.name(),
                plain.losses(),
                plain.optimizer(),
                new Cosine(1),
                plain.batch(),
                plain.epochs(),
                plain.augmentations(),
                Stream.concat(plain.metrics().stream(), Stream.of(Recipes.F1_USE))
                        .toList(),
                plain.frozen(),
                plain.clipNorm(),
                plain.seed());
    }

    /** Accumulation, an average, the best weights, an early end, checkpoints that stay; clipping by value. */
    private static Recipe watched() {
        Regime regime = new Regime(
                Optional.of(0.05f),
                4,
                Optional.of(0.9f),
                Optional.of(new Regime.Stop("accuracy", 2, 0)),
                Optional.of("accuracy"),
                Optional.of(2));
        return Recipes.of(
                phase("features", 9, Recipes.LOSS, Recipes.AUX_LOSS).with(regime),
                phase("rest", 2, Recipes.COPY_LOSS).with(regime));
    }

    private Path checkpoint() {
        return folder.resolve("checkpoint.safetensors");
    }

    private TrainingOptions stoppingAfter(int steps) {
        AtomicInteger made = new AtomicInteger();
        return options(Optional.empty()).withStop(() -> made.incrementAndGet() >= steps);
    }

    private TrainingOptions options(Optional<Duration> interval) {
        return TrainingOptions.DEFAULT.withCheckpoints(new CheckpointPlan(checkpoint(), interval));
    }

    private static TrainingListener counting(AtomicInteger steps) {
        return new TrainingListener() {
            @Override
            public void step(Progress progress) {
                steps.incrementAndGet();
            }
        };
    }

    private byte[] bytes(TinyModel model) throws Exception {
        Path file = folder.resolve("weights");
        model.save(file);
        return Files.readAllBytes(file);
    }

    private record Outcome(byte[] weights, List<EpochReport> epochs) {}

    private Outcome uninterrupted() throws Exception {
        return uninterrupted(recipe());
    }

    private Outcome uninterrupted(Recipe recipe) throws Exception {
        try (TinyModel model = TinyModel.training(8, 3)) {
            TrainingReport report = new Trainer(model, recipe).train(DATA, Optional.of(TEST), TrainingListener.NONE);
            return new Outcome(bytes(model), report.epochs());
        }
    }

    /** Stops at steps in the middle, at the end of an epoch, and at the end of a phase. */
    @Test
    void stoppedAnywhereItComesToTheSameBytes() throws Exception {
        stoppedAt(recipe(), 1, 5, 9, 10, 11, 23, 27, 28, 31, STEPS - 1, STEPS);
    }

    /** A group of gradients is of 4 batches: it is cut after each of them. */
    @Test
    void averagesSumsOfGradientsAndTheBestComeBackToo() throws Exception {
        Outcome whole = uninterrupted(watched());
        assertThat(whole.epochs()).hasSizeBetween(5, 10);
        assertThat(whole.epochs()).extracting(EpochReport::best).contains(true, false);
        int calls = whole.epochs().size() * 10 - 1;
        stoppedAt(watched(), 1, 2, 3, 4, 9, 10, 11, 15, 20, 21, 29, 30, 31, calls - 10, calls - 4, calls - 1);
        for (int epoch : new int[] {2, 4}) {
            try (TinyModel other = TinyModel.training(8, 3)) {
                Path kept = folder.resolve("checkpoint-epoch-000" + epoch + ".safetensors");
                new Trainer(other, watched()).resume(kept, DATA, Optional.of(TEST), TrainingListener.NONE);
                assertThat(bytes(other)).as("from epoch %d", epoch).isEqualTo(whole.weights());
            }
        }
    }

    /** The last sample that the second epoch reads cannot be had, then it can. */
    @Test
    void aFaultOfTheDataInTheMiddleOfAnEpochLosesNoStep() throws Exception {
        Outcome whole = uninterrupted();
        AtomicInteger reads = new AtomicInteger();
        DataSet broken = new Relayed(DATA) {
            @Override
            public void read(int index, Sample into) throws FoveaException {
                if (reads.incrementAndGet() == 2 * DATA.size()) {
                    throw InputException.of(Path.of("pictures/7.png"), "this picture does not decode");
                }
                super.read(index, into);
            }
        };
        List<String> warnings = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        };
        try (TinyModel model = TinyModel.training(8, 3)) {
            assertThatThrownBy(() -> new Trainer(model, recipe(), options(Optional.empty()))
                            .train(broken, Optional.of(TEST), listener))
                    .hasMessage("this picture does not decode");
        }
        assertThat(warnings)
                .containsExactly("the next data cannot be had; " + checkpoint()
                        + " holds the run as it is after phase `features`, epoch 2, step 8 of 9");
        try (TinyModel model = TinyModel.training(8, 3)) {
            AtomicInteger steps = new AtomicInteger();
            new Trainer(model, recipe(), options(Optional.empty()))
                    .resume(checkpoint(), DATA, Optional.of(TEST), counting(steps));
            assertThat(bytes(model)).isEqualTo(whole.weights());
            assertThat(steps).hasValue(STEPS - 9 - 8);
        }
    }

    /** The steps of an epoch are all made, and then a sample of the test cannot be had, until it can. */
    @Test
    void aFaultOfTheTestsDataLosesNoStep() throws Exception {
        Outcome whole = uninterrupted(watched());
        AtomicInteger reads = new AtomicInteger();
        DataSet broken = new Relayed(TEST) {
            @Override
            public void read(int index, Sample into) throws FoveaException {
                if (reads.incrementAndGet() == 2 * TEST.size()) {
                    throw InputException.of(Path.of("pictures/7.png"), "this picture does not decode");
                }
                super.read(index, into);
            }
        };
        try (TinyModel model = TinyModel.training(8, 3)) {
            assertThatThrownBy(() -> new Trainer(model, watched(), options(Optional.empty()))
                            .train(DATA, Optional.of(broken), TrainingListener.NONE))
                    .hasMessage("this picture does not decode");
        }
        try (TinyModel model = TinyModel.training(8, 3)) {
            AtomicInteger steps = new AtomicInteger();
            new Trainer(model, watched(), options(Optional.empty()))
                    .resume(checkpoint(), DATA, Optional.of(TEST), counting(steps));
            assertThat(bytes(model)).isEqualTo(whole.weights());
            assertThat(steps).hasValue(9 * (whole.epochs().size() - 2));
        }
    }

    /** A sample more, as after a picture was put right: refused, unless that is meant. */
    @Test
    void changedDataAreTakenWhereThatIsMeant() throws Exception {
        DataSet changed = Recipes.pictures(71, 5);
        try (TinyModel model = TinyModel.training(8, 3)) {
            assertThatThrownBy(() -> new Trainer(model, recipe(), stoppingAfter(14))
                            .train(DATA, Optional.of(TEST), TrainingListener.NONE))
                    .isInstanceOf(TrainingStoppedException.class);
        }
        try (TinyModel model = TinyModel.training(8, 3)) {
            float[] before = model.weights().read(model.weights().all().get(0));
            assertThatThrownBy(() -> new Trainer(model, recipe(), options(Optional.empty()))
                            .resume(checkpoint(), changed, Optional.of(TEST), TrainingListener.NONE))
                    .isInstanceOfSatisfying(
                            InputException.class,
                            fault -> assertThat(fault.help()).last().asString().contains("--changed-data"))
                    .hasMessageContaining("training data: 70 samples in the checkpoint, 71 samples here");
            assertThat(model.weights().read(model.weights().all().get(0))).isEqualTo(before);
            AtomicInteger steps = new AtomicInteger();
            TrainingReport report = new Trainer(
                            model, recipe(), options(Optional.empty()).withChangedData())
                    .resume(checkpoint(), changed, Optional.of(TEST), counting(steps));
            // asked after each step and each epoch, it said yes the 14th time: after 13 steps
            assertThat(steps).hasValue(STEPS - 13);
            assertThat(report.epochs()).hasSize(5);
        }
        try (TinyModel model = TinyModel.training(8, 3)) {
            Recipe other = recipe().withEpochs(7);
            assertThatThrownBy(() -> new Trainer(
                                    model, other, options(Optional.empty()).withChangedData())
                            .resume(checkpoint(), changed, Optional.of(TEST), TrainingListener.NONE))
                    .as("it is the data alone that may differ")
                    .hasMessageContaining("epochs: ")
                    .hasMessageNotContaining("training data");
        }
    }

    /** Another data set, by another name the same. */
    private abstract static class Relayed implements DataSet {
        private final DataSet data;

        Relayed(DataSet data) {
            this.data = data;
        }

        @Override
        public int size() {
            return data.size();
        }

        @Override
        public List<Field> fields() {
            return data.fields();
        }

        @Override
        public void read(int index, Sample into) throws FoveaException {
            data.read(index, into);
        }

        @Override
        public String fingerprint() throws FoveaException {
            return data.fingerprint();
        }
    }

    private void stoppedAt(Recipe recipe, int... after) throws Exception {
        Outcome whole = uninterrupted(recipe);
        for (int k : after) {
            try (TinyModel model = TinyModel.training(8, 3)) {
                assertThatThrownBy(() -> new Trainer(model, recipe, stoppingAfter(k))
                                .train(DATA, Optional.of(TEST), TrainingListener.NONE))
                        .as("after %d calls", k)
                        .isInstanceOf(TrainingStoppedException.class)
                        .hasMessageContaining("where it stands is in " + checkpoint());
            }
            try (TinyModel other = TinyModel.training(8, 3)) {
                other.weights().initialize(99);
                TrainingReport report = new Trainer(other, recipe, options(Optional.empty()))
                        .resume(checkpoint(), DATA, Optional.of(TEST), TrainingListener.NONE);
                assertThat(bytes(other)).as("stopped after %d", k).isEqualTo(whole.weights());
                assertThat(report.epochs()).hasSameSizeAs(whole.epochs());
                for (int i = 0; i < whole.epochs().size(); i++) {
                    EpochReport expected = whole.epochs().get(i);
                    EpochReport actual = report.epochs().get(i);
                    assertThat(actual.training()).as("epoch %d of %d", i, k).isEqualTo(expected.training());
                    assertThat(actual.test()).isEqualTo(expected.test());
                    assertThat(actual.learningRate()).isEqualTo(expected.learningRate());
                    assertThat(actual.phase()).isEqualTo(expected.phase());
                    assertThat(actual.epoch()).isEqualTo(expected.epoch());
                    assertThat(actual.best()).isEqualTo(expected.best());
                }
            }
            assertThat(CheckpointFile.isFinished(checkpoint())).isTrue();
        }
    }

    @Test
    void cutOffAgainAndAgainItComesToTheSameBytes() throws Exception {
        Outcome whole = uninterrupted();
        try (TinyModel model = TinyModel.training(8, 3)) {
            assertThatThrownBy(() -> new Trainer(model, recipe(), stoppingAfter(4))
                            .train(DATA, Optional.of(TEST), TrainingListener.NONE))
                    .isInstanceOf(TrainingStoppedException.class);
        }
        int resumed = 0;
        for (boolean over = false; !over; resumed++) {
            try (TinyModel model = TinyModel.training(8, 3)) {
                new Trainer(model, recipe(), stoppingAfter(7))
                        .resume(checkpoint(), DATA, Optional.of(TEST), TrainingListener.NONE);
                over = true;
                assertThat(bytes(model)).isEqualTo(whole.weights());
            } catch (TrainingStoppedException e) {
                assertThat(CheckpointFile.isFinished(checkpoint())).isFalse();
            }
        }
        assertThat(resumed).isGreaterThan(5);
    }

    @Test
    void checkpointsAreWrittenWhenTheTimeHasCome() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        TrainingListener watcher = new TrainingListener() {
            @Override
            public void step(Progress progress) {
                sizes.add(Files.exists(checkpoint()) ? 1 : 0);
            }
        };
        Recipe recipe = Recipes.recipe(Recipes.LOSS).withEpochs(1);
        try (TinyModel model = TinyModel.training(8, 3)) {
            new Trainer(model, recipe, options(Optional.of(Duration.ofNanos(1))))
                    .train(DATA, Optional.empty(), watcher);
        }
        assertThat(sizes).containsExactly(0, 1, 1, 1, 1, 1, 1, 1, 1);
        Files.delete(checkpoint());
        sizes.clear();
        try (TinyModel model = TinyModel.training(8, 3)) {
            new Trainer(model, recipe, options(Optional.of(Duration.ofDays(1)))).train(DATA, Optional.empty(), watcher);
        }
        assertThat(sizes).containsOnly(0);
        assertThat(checkpoint()).exists();
    }

    @Test
    void aFinishedRunIsResumedToItself() throws Exception {
        try (TinyModel model = TinyModel.training(8, 3);
                TinyModel other = TinyModel.training(8, 3)) {
            new Trainer(model, recipe(), options(Optional.empty()))
                    .train(DATA, Optional.of(TEST), TrainingListener.NONE);
            TrainingReport report = new Trainer(other, recipe(), options(Optional.empty()))
                    .resume(checkpoint(), DATA, Optional.of(TEST), TrainingListener.NONE);
            assertThat(bytes(other)).isEqualTo(bytes(model));
            assertThat(report.epochs()).hasSize(5);
        }
    }

    @Test
    void aCheckpointServesAsAFileOfWeights() throws Exception {
        try (TinyModel model = TinyModel.training(8, 3);
                TinyModel other = TinyModel.training(8, 4)) {
            new Trainer(model, recipe(), options(Optional.empty()))
                    .train(DATA, Optional.empty(), TrainingListener.NONE);
            other.load(checkpoint());
            assertThat(bytes(other)).isEqualTo(bytes(model));
        }
    }

    @Test
    void anotherRunIsRefusedWithAListOfWhatDiffers() throws Exception {
        try (TinyModel model = TinyModel.training(8, 3)) {
            new Trainer(model, recipe(), options(Optional.empty()))
                    .train(DATA, Optional.of(TEST), TrainingListener.NONE);
        }
        Recipe other =
                Recipes.of(phase("features", 4, Recipes.LOSS), Recipes.phase("rest", 0.2f, 2, Recipes.COPY_LOSS));
        try (TinyModel model = TinyModel.training(8, 5)) {
            byte[] before = bytes(model);
            assertThatThrownBy(() -> new Trainer(model, other)
                            .resume(checkpoint(), Subset.range(DATA, 0, 60), Optional.empty(), TrainingListener.NONE))
                    .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.describe())
                            .contains(
                                    "this checkpoint is of another run",
                                    "seed: 3 in the checkpoint, 5 here",
                                    "phase 1 epochs: 3 in the checkpoint, 4 here",
                                    "phase 1 losses 2: LossTerm in the checkpoint, not here",
                                    "phase 2 optimizer learningRate: 0.1 in the checkpoint, 0.2 here",
                                    "phase 2 schedule: Cosine in the checkpoint, Constant here",
                                    "training data: 70 samples in the checkpoint, 60 samples here",
                                    "test data: 21 samples in the checkpoint, not here")
                            .doesNotContain("phase 1 optimizer", "phase 1 losses 2 output", "test data content"));
            assertThat(bytes(model)).as("nothing has changed").isEqualTo(before);
        }
    }

    @Test
    void changedDataAreRefused() throws Exception {
        try (TinyModel model = TinyModel.training(8, 3)) {
            new Trainer(model, recipe(), options(Optional.empty()))
                    .train(DATA, Optional.empty(), TrainingListener.NONE);
            assertThatThrownBy(() -> new Trainer(model, recipe())
                            .resume(checkpoint(), Recipes.pictures(70, 7), Optional.empty(), TrainingListener.NONE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("training data content: ");
        }
    }

    @Test
    void aFileOfWeightsIsNoCheckpoint() throws Exception {
        try (TinyModel model = TinyModel.training(8, 3)) {
            model.save(checkpoint());
            assertThatThrownBy(() -> new Trainer(model, recipe())
                            .resume(checkpoint(), DATA, Optional.empty(), TrainingListener.NONE))
                    .isInstanceOf(InputException.class)
                    .hasMessage("this is no checkpoint: it does not say `format`");
        }
    }

    /** The folder of the checkpoint is gone and a file stands in its place: as good as a full disk. */
    @Test
    void aCheckpointThatCannotBeWrittenDoesNotEndTheRun() throws Exception {
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "");
        List<String> warnings = new ArrayList<>();
        List<EpochReport> epochs = new ArrayList<>();
        TrainingListener watcher = new TrainingListener() {
            @Override
            public void warning(String message) {
                warnings.add(message);
            }

            @Override
            public void epoch(EpochReport report) {
                epochs.add(report);
            }
        };
        TrainingOptions options = TrainingOptions.DEFAULT.withCheckpoints(
                new CheckpointPlan(blocked.resolve("checkpoint.safetensors"), Optional.empty()));
        try (TinyModel model = TinyModel.training(8, 3)) {
            assertThatThrownBy(() -> new Trainer(model, recipe(), options).train(DATA, Optional.of(TEST), watcher))
                    .isInstanceOf(InputException.class);
            assertThat(bytes(model))
                    .as("all epochs ran")
                    .isEqualTo(uninterrupted().weights());
        }
        assertThat(epochs).hasSize(5);
        assertThat(warnings).hasSize(4).allMatch(text -> text.contains("no checkpoint was written"));
    }

    /** Whoever stops a run on a full disk still gets a checkpoint. */
    @Test
    void theCheckpointOfAStoppedRunGoesElsewhereIfNeedBe() throws Exception {
        Path place = Files.writeString(folder.resolve("blocked"), "").resolve("checkpoint.safetensors");
        Path elsewhere = Elsewhere.of(place);
        TrainingOptions blocked = stoppingAfter(5).withCheckpoints(new CheckpointPlan(place, Optional.empty()));
        try (TinyModel model = TinyModel.training(8, 3);
                TinyModel other = TinyModel.training(8, 3)) {
            assertThatThrownBy(() ->
                            new Trainer(model, recipe(), blocked).train(DATA, Optional.of(TEST), TrainingListener.NONE))
                    .isInstanceOfSatisfying(InputException.class, fault -> assertThat(fault.help())
                            .containsExactly("the checkpoint is in " + elsewhere
                                    + " instead: when there is room, move that to " + place));
            new Trainer(other, recipe(), options(Optional.empty()))
                    .resume(elsewhere, DATA, Optional.of(TEST), TrainingListener.NONE);
            assertThat(bytes(other)).isEqualTo(uninterrupted().weights());
        } finally {
            Files.deleteIfExists(elsewhere);
        }
    }
}
