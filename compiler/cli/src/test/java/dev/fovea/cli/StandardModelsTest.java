package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The standard models against the published figures: torchvision's for its forms, Caffe's for those of the papers. MACs are
 * of convolutions and dense layers without biases; tensors are trainable ones at inference.
 */
class StandardModelsTest {
    @ParameterizedTest
    @CsvSource({
        "lenet, LeNet5, 61706, 416520, 10",
        "alexnet, AlexNet, 61100840, 714188480, 16",
        "alexnet, AlexNet2012, 60965224, 724406816, 16",
        "vgg, VGG11, 132863336, 7609090048, 22",
        "vgg, VGG13, 133047848, 11308466176, 26",
        "vgg, VGG16, 138357544, 15470264320, 32",
        "vgg, VGG19, 143667240, 19632062464, 38",
        "vgg, VGG11BN, 132868840, 7609090048, 38",
        "vgg, VGG13BN, 133053736, 11308466176, 46",
        "vgg, VGG16BN, 138365992, 15470264320, 58",
        "vgg, VGG19BN, 143678248, 19632062464, 70",
        "googlenet, GoogLeNet, 6624904, 1498376192, 173",
        "googlenet, GoogLeNet2014, 6998552, 1582671872, 116",
        "resnet, ResNet18, 11689512, 1814073344, 62",
        "resnet, ResNet34, 21797672, 3663761408, 110",
        "resnet, ResNet50, 25557032, 4089184256, 161",
        "resnet, ResNet101, 44549160, 7801405440, 314",
        "resnet, ResNet152, 60192808, 11513626624, 467",
        "densenet, DenseNet121, 7978856, 2834161664, 364",
        "densenet, DenseNet161, 28681000, 7727907072, 484",
        "densenet, DenseNet169, 14149480, 3359843328, 508",
        "densenet, DenseNet201, 20013928, 4291365888, 604",
    })
    void countsAreThePublishedOnes(String file, String model, long parameters, long macs, int tensors)
            throws IOException {
        Graph graph = graph(file, model);
        Costs costs = Costs.of(graph);
        assertThat(costs.parameters()).isEqualTo(parameters);
        assertThat(costs.macs()).isEqualTo(macs);
        assertThat(graph.parameters().stream()
                        .filter(parameter -> parameter.parameter().isTrainable() && !parameter.trainOnly())
                        .count())
                .isEqualTo(tensors);
    }

    @ParameterizedTest
    @CsvSource({"GoogLeNet, 13004888", "GoogLeNet2014, 13378280"})
    void auxiliaryHeadsCountOnlyWhileTraining(String model, long parameters) throws IOException {
        Costs costs = Costs.of(graph("googlenet", model));
        assertThat(costs.parameters() + costs.trainOnlyParameters()).isEqualTo(parameters);
    }

    @Test
    void theHeadsOfTwoThousandAndFourteenAddTheirMultiplyAdds() throws IOException {
        Costs costs = Costs.of(graph("googlenet", "GoogLeNet2014"));
        assertThat(costs.macs() + costs.trainOnlyMacs()).isEqualTo(1_591_044_096L);
    }

    @ParameterizedTest
    @CsvSource({
        "alexnet, AlexNet, alexnet",
        "vgg, VGG16, vgg16",
        "vgg, VGG16BN, vgg16_bn",
        "googlenet, GoogLeNet, googlenet",
        "resnet, ResNet18, resnet18",
        "resnet, ResNet50, resnet50",
        "densenet, DenseNet121, densenet121",
    })
    void parametersHaveTorchvisionsNamesAndShapes(String file, String model, String torchvision) throws IOException {
        String names = graph(file, model).parameters().stream()
                .map(parameter -> parameter.name() + " "
                        + parameter.parameter().shape().extents().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining("x")))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(names)
                .isEqualTo(GoldenFile.of(StandardModelsTest.class, "torchvision/" + torchvision + ".txt")
                        .text());
    }

    @Test
    void anotherNumberOfClassesKeepsTheContracts() throws IOException {
        for (String file : List.of("lenet", "alexnet", "vgg", "googlenet", "resnet", "densenet")) {
            assertThat(check(file, Map.of("classes", "7")).diagnostics())
                    .as(file)
                    .isEmpty();
        }
    }

    @Test
    void theFilesHoldNoWarning() throws IOException {
        for (String file : List.of("lenet", "alexnet", "vgg", "googlenet", "resnet", "densenet")) {
            assertThat(check(file, Map.of()).diagnostics()).as(file).isEmpty();
        }
    }

    @Test
    void theirBlocksCanBeImported() {
        String text = """
                import std.resnet.{Basic, Stage}

                model Tiny {
                  input image: [3, 32, 32]
                  output y = image -> layer1: Stage(Basic, 8, 2, 2)   :: [8, 16, 16]
                }
                """;
        Library standard = SourceRoots.onClassPath(Main.class.getClassLoader());
        StoredFile file = new StoredFile("tiny.cnn", text.getBytes(StandardCharsets.UTF_8));
        CheckResult result = Compiler.with(standard).check(List.of(file), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        assertThat(result.models().get(0).parameters().get(0).name()).isEqualTo("layer1.0.conv1.weight");
    }

    private static Graph graph(String file, String model) throws IOException {
        return check(file, Map.of()).models().stream()
                .filter(graph -> graph.name().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private static CheckResult check(String file, Map<String, String> parameters) throws IOException {
        Library standard = SourceRoots.onClassPath(Main.class.getClassLoader());
        StoredFile stored = standard.find("std." + file).orElseThrow();
        return Compiler.with(standard).check(List.of(stored), parameters);
    }
}
