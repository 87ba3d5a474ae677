package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
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
                            + "test_loss,test_accuracy,test_top2,seconds,samples_per_second");
            String[] last = lines.get(3).split(",");
            assertThat(last).hasSize(11).startsWith("3", "classifier", "0.05");
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
