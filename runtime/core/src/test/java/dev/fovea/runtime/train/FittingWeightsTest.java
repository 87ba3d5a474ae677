package dev.fovea.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.runtime.io.SafetensorsWriter;
import dev.fovea.runtime.io.StoredTensor;
import dev.fovea.runtime.model.FittingWeights;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FittingWeightsTest {
    @TempDir
    Path folder;

    @Test
    void takesWhatFitsByNameAndShapeAndSaysWhatDoesNot() throws Exception {
        float[] bias = {1, 2, 3, 4, 5};
        Path file = folder.resolve("weights");
        SafetensorsWriter.write(
                file,
                List.of(
                        StoredTensor.floats("fc1.bias", List.of(5L), () -> FloatBuffer.wrap(bias)),
                        StoredTensor.floats("fc2.weight", List.of(5L, 3L), () -> FloatBuffer.allocate(15)),
                        StoredTensor.longs("fc2.bias", List.of(3L), () -> LongBuffer.allocate(3)),
                        StoredTensor.longs("bn1.num_batches_tracked", List.of(), () -> LongBuffer.allocate(1)),
                        StoredTensor.floats("layer9.bias", List.of(2L), () -> FloatBuffer.allocate(2))),
                Map.of());
        try (TinyModel model = TinyModel.training(8, 1);
                TinyModel fresh = TinyModel.training(8, 1)) {
            FittingWeights fitting = model.weights().loadFitting(file);
            assertThat(fitting.loaded()).containsExactly("fc1.bias");
            assertThat(fitting.unfit())
                    .contains(
                            "fc1.weight: not in the file",
                            "fc2.weight: [5, 3] in the file, [3, 5] in the model",
                            "fc2.bias: of type I64")
                    .hasSize(7);
            assertThat(fitting.unused()).containsExactly("layer9.bias");
            model.weights().all().forEach(parameter -> {
                float[] expected = parameter.name().equals("fc1.bias")
                        ? Arrays.copyOf(bias, 5)
                        : fresh.weights().read(parameter);
                assertThat(model.weights().read(parameter)).as(parameter.name()).isEqualTo(expected);
            });
        }
    }
}
