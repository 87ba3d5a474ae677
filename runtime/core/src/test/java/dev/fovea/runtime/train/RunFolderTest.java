package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.ops.Shape;
import dev.fovea.ops.recipe.Accuracy;
import dev.fovea.ops.recipe.MeanAbsoluteError;
import dev.fovea.runtime.FoveaException;
import dev.fovea.runtime.InputException;
import dev.fovea.runtime.data.DataSet;
import dev.fovea.runtime.data.Field;
import dev.fovea.runtime.data.Sample;
import dev.fovea.runtime.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path temporary;

    @Test
    void aRowAnEpochAndTheWeightsAtTheEnd() throws Exception {
        Path folder = temporary.resolve("runs/1");
        Recipe recipe = Recipes.of(
                Recipes.phase("features", 0.1f, 1, Recipes.COPY_LOSS),
                Recipes.phase("classifier", 0.05f, 2, Recipes.LOSS));
        try (TinyModel model = TinyModel.training(8, 1);
                RunFolder run = new RunFolder(folder, model, recipe)) {
            TrainingReport report =
                    new Trainer(model, recipe).train(Recipes.pictures(20, 1), Optional.of(Recipes.pictures(9, 2)), run);
            List<String> lines = Files.readAllLines(folder.resolve("metrics.csv"));
            assertThat(lines).hasSize(4);
            assertThat(lines.get(0))
                    .isEqualTo("epoch,phase,learning_rate,train_loss,train_accuracy,train_top2,"
                            + "test_loss,test_accuracy,test_top2,seconds,samples_per_second,waiting_share");
            String[] last = lines.get(3).split(",");
            assertThat(last).hasSize(12).startsWith("3", "classifier", "0.05");
            assertThat(Double.parseDouble(last[11])).isBetween(0.0, 1.0);
            assertThat(Double.parseDouble(last[3]))
                    .isEqualTo(report.last().training().loss());
            assertThat(Double.parseDouble(last[7]))
                    .isEqualTo(report.last().test().orElseThrow().metrics().get("accuracy"));
            try (SafetensorsFile weights = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
                assertThat(weights.entries())
                        .extracting(SafetensorsFile.Entry::name)
                        .contains("fc1.weight", "fc4.bias");
                float[] values = new float[80];
                weights.readFloats(weights.require("fc1.weight", List.of(5L, 16L)), values, 0);
                assertThat(values)
                        .isEqualTo(model.weights()
                                .read(model.weights().find("fc1.weight").orElseThrow()));
            }
        }
    }

    @Test
    void whatTheLastTestTookForWhat() throws Exception {
        Recipe recipe = Recipes.recipe(Recipes.LOSS).withEpochs(3);
        List<String> names = List.of("top", "middle, rather", "bottom");
        DataSet test = named(Recipes.pictures(21, 2), names);
        try (TinyModel model = TinyModel.training(8, 1);
                RunFolder run = new RunFolder(temporary, model, recipe)) {
            TrainingReport report =
                    new Trainer(model, recipe).train(named(Recipes.pictures(40, 1), names), Optional.of(test), run);
            ConfusionMatrix matrix =
                    report.last().test().orElseThrow().confusion().orElseThrow();
            assertThat(matrix.names()).isEqualTo(names);
            long right = matrix.count(0, 0) + matrix.count(1, 1) + matrix.count(2, 2);
            assertThat(right / 21.0)
                    .isEqualTo(report.last().test().orElseThrow().metrics().get("accuracy"));
            assertThat(matrix.samples(0) + matrix.samples(1) + matrix.samples(2))
                    .isEqualTo(21);
            List<String> lines = Files.readAllLines(temporary.resolve("confusion.csv"));
            assertThat(lines).hasSize(4);
            assertThat(lines.get(0))
                    .isEqualTo("class,samples,precision,recall,f1,as top,\"as middle, rather\",as bottom");
            assertThat(lines.get(3))
                    .isEqualTo("bottom," + matrix.samples(2) + "," + matrix.precision(2) + "," + matrix.recall(2) + ","
                            + matrix.f1(2) + "," + matrix.count(2, 0) + "," + matrix.count(2, 1) + ","
                            + matrix.count(2, 2));
            assertThat(report.epochs().get(0).test().orElseThrow().confusion()).isEmpty();
        }
        assertThat(ClassNames.read(temporary.resolve("classes.txt"))).isEqualTo(names);
    }

    /** A folder stands where the table is to be: as good as a full disk, for two epochs. */
    @Test
    void whatCannotBeWrittenForAWhileEndsUpComplete() throws Exception {
        Recipe recipe = Recipes.recipe(Recipes.LOSS).withEpochs(4);
        List<String> faults = new ArrayList<>();
        Path confusion = temporary.resolve("confusion.csv");
        try (TinyModel model = TinyModel.training(8, 1);
                RunFolder run = new RunFolder(temporary, model, recipe, fault -> faults.add(fault.message()))) {
            TrainingListener disk = new TrainingListener() {
                @Override
                public void step(Progress progress) throws FoveaException {
                    try {
                        if (progress.epoch() == 2 && progress.step() == 1) {
                            Files.delete(confusion);
                            Files.createDirectory(confusion);
                        } else if (progress.epoch() == 4 && progress.step() == 1) {
                            Files.delete(confusion);
                        }
                    } catch (IOException e) {
                        throw InputException.from(confusion, "make room", e);
                    }
                }
            };
            new Trainer(model, recipe)
                    .train(Recipes.pictures(20, 1), Optional.empty(), TrainingListener.all(disk, run));
        }
        assertThat(faults).hasSize(2).allMatch(message -> message.startsWith("cannot write the table: "));
        assertThat(Files.readAllLines(temporary.resolve("metrics.csv"))).hasSize(5);
        assertThat(Files.readAllLines(confusion)).hasSize(4);
        assertThat(temporary.resolve("model.safetensors")).isNotEmptyFile();
    }

    /** A folder stands where the weights are to be: they are not lost. */
    @Test
    void weightsThatCannotBeWrittenGoElsewhere() throws Exception {
        Recipe recipe = Recipes.recipe(Recipes.LOSS).withEpochs(1);
        Path place = Files.createDirectory(temporary.resolve("model.safetensors"));
        Files.writeString(place.resolve("occupied"), "");
        Path elsewhere = Elsewhere.of(place);
        try (TinyModel model = TinyModel.training(8, 1);
                RunFolder run = new RunFolder(temporary, model, recipe)) {
            assertThatThrownBy(() -> new Trainer(model, recipe).train(Recipes.pictures(20, 1), Optional.empty(), run))
                    .isInstanceOfSatisfying(InputException.class, fault -> {
                        assertThat(fault.file()).isEqualTo(place);
                        assertThat(fault.help())
                                .containsExactly("the weights are in " + elsewhere
                                        + " instead: when there is room, move that to " + place);
                    });
            try (TinyModel other = TinyModel.training(8, 2)) {
                other.load(elsewhere);
                model.weights().all().forEach(parameter -> assertThat(
                                other.weights().read(parameter))
                        .isEqualTo(model.weights().read(parameter)));
            }
        } finally {
            Files.deleteIfExists(elsewhere);
        }
    }

    private static DataSet named(DataSet data, List<String> names) {
        return new DataSet() {
            @Override
            public int size() {
                return data.size();
            }

            @Override
            public List<Field> fields() {
                return List.of(data.fields().get(0), new Field.Classes("label", Shape.of(1), names));
            }

            @Override
            public void read(int index, Sample into) throws FoveaException {
                data.read(index, into);
            }
        };
    }

    /** Two outputs, one metric: a column each. */
    @Test
    void metricsOfOneNameAreTold() throws Exception {
        Recipe.Phase phase = Recipes.phase("", 0.1f, 1, Recipes.LOSS, Recipes.COPY_LOSS);
        Recipe.Phase two = new Recipe.Phase(
                phase.name(),
                phase.losses(),
                phase.optimizer(),
                phase.schedule(),
                phase.batch(),
                phase.epochs(),
                phase.augmentations(),
                List.of(
                        new Recipe.MetricUse(new Accuracy(), "logits", "label"),
                        new Recipe.MetricUse(new Accuracy(), "copy", "label"),
                        new Recipe.MetricUse(new MeanAbsoluteError(), "copy", "image"),
                        new Recipe.MetricUse(new FirstLogit(), "logits", "label")),
                phase.frozen(),
                phase.clipNorm(),
                phase.seed());
        Recipe recipe = Recipes.of(two);
        try (TinyModel model = TinyModel.training(8, 1);
                RunFolder run = new RunFolder(temporary, model, recipe)) {
            TrainingReport report = new Trainer(model, recipe).train(Recipes.pictures(20, 1), Optional.empty(), run);
            assertThat(report.last().training().metrics())
                    .containsOnlyKeys("accuracy_logits", "accuracy_copy", "mean_absolute_error", "first");
        }
        assertThat(Files.readAllLines(temporary.resolve("metrics.csv")).get(0))
                .contains("train_accuracy_logits,train_accuracy_copy,train_mean_absolute_error,train_first");
        assertThat(temporary.resolve("classes.txt"))
                .as("the classes are numbers")
                .doesNotExist();
    }

    record FirstLogit() implements CustomMetric {
        @Override
        public String label() {
            return "first";
        }

        @Override
        public double sum(float[] predictions, Shape shape, float[] targets, int samples) {
            double sum = 0;
            for (int i = 0; i < samples; i++) {
                sum += predictions[i * shape.channels()];
            }
            return sum;
        }
    }

    @Test
    void namesOfClassesThatAreNone() throws Exception {
        Path file = temporary.resolve("classes.txt");
        Files.writeString(file, "a\n\nb\n");
        assertThatThrownBy(() -> ClassNames.read(file))
                .isInstanceOf(InputException.class)
                .hasMessage("line 2 is empty");
        Files.writeString(file, "");
        assertThatThrownBy(() -> ClassNames.read(file)).hasMessage("there are no names of classes in it");
        assertThatThrownBy(() -> ClassNames.read(temporary.resolve("none"))).isInstanceOf(InputException.class);
    }

    @Test
    void withoutATestItsColumnsStayEmpty() throws Exception {
        Recipe recipe = Recipes.recipe(Recipes.LOSS).withEpochs(1);
        try (TinyModel model = TinyModel.training(8, 1);
                RunFolder run = new RunFolder(temporary, model, recipe)) {
            new Trainer(model, recipe).train(Recipes.pictures(20, 1), Optional.empty(), run);
        }
        assertThat(Files.readAllLines(temporary.resolve("metrics.csv")).get(1)).contains(",,,,");
    }

    @Test
    void aFolderThatCannotBeMadeIsAFaultOfTheInput() throws Exception {
        Files.writeString(temporary.resolve("run"), "");
        try (TinyModel model = TinyModel.training(8, 1)) {
            assertThatThrownBy(() -> new RunFolder(temporary.resolve("run"), model, Recipes.recipe(Recipes.LOSS)))
                    .isInstanceOf(InputException.class);
        }
    }
}
