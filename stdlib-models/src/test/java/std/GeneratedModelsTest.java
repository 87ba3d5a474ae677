package std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelBuilder;
import dev.fovea.runtime.model.ModelSpec;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import std.densenet.DenseNet121;
import std.googlenet.GoogLeNet;
import std.googlenet.GoogLeNet2014;
import std.lenet.LeNet5;
import std.resnet.ResNet18;
import std.resnet.ResNet50;

/** The classes that our Maven plugin made: they compile, say what they are, and run. */
class GeneratedModelsTest {
    static List<ModelBuilder<? extends CompiledModel>> models() {
        return List.of(
                LeNet5.builder(),
                ResNet18.builder(),
                ResNet50.builder(),
                DenseNet121.builder(),
                GoogLeNet.builder(),
                GoogLeNet2014.builder());
    }

    @ParameterizedTest
    @MethodSource("models")
    void aBatchOfTwoIsTwoBatchesOfOne(ModelBuilder<? extends CompiledModel> builder) {
        try (CompiledModel model =
                builder.device("cpu").batch(2).seed(3).inference().build()) {
            Port input = model.spec().inputs().get(0);
            int size = (int) input.shape().size();
            float[] images = new float[2 * size];
            RandomStream.named(7, "images").fillUniform(images, 0, images.length, 0, -1, 1);
            float[] both = model.predict(images);
            float[] first = model.predict(Arrays.copyOf(images, size));
            float[] second = model.predict(Arrays.copyOfRange(images, size, 2 * size));
            assertThat(first).hasSameSizeAs(second).doesNotContain(Float.NaN);
            assertThat(first).isNotEqualTo(second);
            for (int i = 0; i < first.length; i++) {
                assertThat(both[i]).isEqualTo(first[i], within(1e-4f));
                assertThat(both[first.length + i]).isEqualTo(second[i], within(1e-4f));
            }
        }
    }

    @Test
    void theSpecSaysWhatTheModelIs() {
        ModelSpec spec = ResNet18.SPEC;
        assertThat(spec.name()).isEqualTo("ResNet18");
        assertThat(spec.source()).isEqualTo("src/main/cnn/std/resnet.cnn");
        assertThat(spec.parameterCount()).isEqualTo(11_689_512);
        assertThat(Stream.of("conv1.weight", "layer4.1.bn2.running_var", "layer2.0.downsample.0.weight", "fc.bias"))
                .allMatch(name -> spec.parameters().stream()
                        .anyMatch(parameter -> parameter.name().equals(name)));
    }

    @Test
    void auxiliaryOutputsExistOnlyWhileTraining() {
        assertThat(GoogLeNet2014.SPEC.outputs().stream().map(port -> port.name() + " " + port.trainOnly()))
                .containsExactlyInAnyOrder("aux1 true", "aux2 true", "logits false");
    }
}
