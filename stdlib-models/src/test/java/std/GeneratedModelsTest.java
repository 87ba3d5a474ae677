package std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.model.CompiledModel;
import dev.fovea.runtime.model.ModelBuilder;
import dev.fovea.runtime.model.ModelParameter;
import dev.fovea.runtime.model.ModelSpec;
import dev.fovea.runtime.model.Port;
import dev.fovea.runtime.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import std.autoencoder.HintonAutoencoder;
import std.autoencoder.StackedAutoencoder;
import std.cifar10_quick.Cifar10Quick;
import std.convnetjs.ConvNetJSCifar10;
import std.convnext.ConvNeXtTiny;
import std.dcgan.DCGANDiscriminator;
import std.dcgan.DCGANGenerator;
import std.densenet.DenseNet121;
import std.densenet_cifar.CifarDenseNetBC100;
import std.efficientnet.EfficientNetB0;
import std.googlenet.GoogLeNet;
import std.googlenet.GoogLeNet2014;
import std.lenet.CaffeLeNet;
import std.lenet.LeNet5;
import std.lenet.LeNet5Of1998;
import std.mnasnet.MNASNet1_0;
import std.mobilenet_v1.MobileNetV1_025;
import std.mobilenet_v3.MobileNetV3Small;
import std.nin.NIN;
import std.regnet.RegNetY400MF;
import std.resnet.ResNet18;
import std.resnet.ResNet50;
import std.resnet_cifar.CifarResNet20;
import std.se_resnet.SEResNet50;
import std.shufflenet_v1.ShuffleNetV1Groups3;
import std.shufflenet_v2.ShuffleNetV2_1_0;
import std.squeezenet.SqueezeNet1_1;

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

    static List<ModelBuilder<? extends CompiledModel>> cheapModels() {
        return List.of(
                LeNet5Of1998.builder(),
                CaffeLeNet.builder(),
                ConvNetJSCifar10.builder(),
                Cifar10Quick.builder(),
                NIN.builder(),
                StackedAutoencoder.builder(),
                HintonAutoencoder.builder(),
                DCGANGenerator.builder(),
                DCGANDiscriminator.builder(),
                SqueezeNet1_1.builder(),
                MobileNetV1_025.builder(),
                MobileNetV3Small.builder(),
                MNASNet1_0.builder(),
                EfficientNetB0.builder(),
                RegNetY400MF.builder(),
                SEResNet50.builder(),
                CifarResNet20.builder(),
                CifarDenseNetBC100.builder(),
                ShuffleNetV1Groups3.builder(),
                ShuffleNetV2_1_0.builder(),
                ConvNeXtTiny.builder());
    }

    @ParameterizedTest
    @MethodSource("cheapModels")
    void aStepOfTrainingGivesEveryParameterAGradient(ModelBuilder<? extends CompiledModel> builder) {
        int batch = 2;
        try (CompiledModel model = builder.device("cpu").batch(batch).seed(5).build()) {
            Port input = model.spec().inputs().get(0);
            float[] samples = new float[batch * (int) input.shape().size()];
            RandomStream.named(11, "samples").fillUniform(samples, 0, samples.length, 0, -1, 1);
            model.write(input, samples, batch);
            model.forward(batch, true);
            for (Port output : model.spec().outputs()) {
                int size = (int) output.shape().size();
                float[] values = new float[batch * size];
                model.read(output, values, batch);
                assertFinite(output.name(), values);
                Region gradient = Objects.requireNonNull(model.gradient(output));
                RandomStream.named(13, output.name()).fillUniform(values, 0, values.length, 0, -1, 1);
                for (int i = 0; i < batch; i++) {
                    gradient.memory().write(gradient.at(i), values, i * size, size);
                }
            }
            model.backward();
            for (ModelParameter parameter : model.spec().parameters()) {
                if (parameter.parameter().isTrainable()) {
                    float[] gradient = model.weights().readGradient(parameter);
                    assertFinite(parameter.name(), gradient);
                    if (parameter.name().endsWith("weight")) {
                        assertThat(gradient).as(parameter.name()).isNotEqualTo(new float[gradient.length]);
                    }
                }
            }
        }
    }

    private static void assertFinite(String name, float[] values) {
        for (float value : values) {
            assertThat(Float.isFinite(value)).as(name).isTrue();
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
