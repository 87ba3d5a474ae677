package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphText;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole networks, from their text to their layers. */
class ModelsTest {
    @ParameterizedTest
    @CsvSource({"lenet5,LeNet5", "resnet18,ResNet18", "densenet,Small", "googlenet,GoogLeNet"})
    void hasTheLayersOfItsGoldenFile(String file, String model) throws IOException {
        GoldenFile.of(ModelsTest.class, "models/" + file + ".txt").check(GraphText.of(graph(file, model)));
    }

    @Test
    void countsWhatTorchvisionCounts() throws IOException {
        assertThat(Costs.of(graph("resnet18", "ResNet18"))).isEqualTo(new Costs(11_689_512, 1_814_073_344L, 0, 0));
        assertThat(Costs.of(graph("densenet", "DenseNet121"))).isEqualTo(new Costs(7_978_856, 2_834_161_664L, 0, 0));
        assertThat(Costs.of(graph("lenet5", "LeNet5"))).isEqualTo(new Costs(61_706, 416_520, 0, 0));
    }

    private static Graph graph(String file, String model) throws IOException {
        try (InputStream in = ModelsTest.class.getResourceAsStream("models/" + file + ".cnn")) {
            CheckResult result = Checks.check(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(TextRenderer.plain().render(result.diagnostics())).isEmpty();
            return result.models().stream()
                    .filter(graph -> graph.name().equals(model))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
