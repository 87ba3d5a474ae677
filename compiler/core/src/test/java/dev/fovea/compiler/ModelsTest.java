package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.graph.Costs;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.graph.GraphText;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

    @Test
    void onlyTheModelThatIsWantedIsChecked() {
        String text = "model Good { input x: [1, 8, 8] output y = x -> conv(2, kernel=3) }"
                + " model Bad { input x: [1, 8, 8] output y = x -> conv(2, kernel=9) }";
        List<StoredFile> files = List.of(new StoredFile("test.cnn", text.getBytes(StandardCharsets.UTF_8)));
        CheckResult good = Compiler.with(Library.EMPTY).onlyModel("Good").check(files, Map.of());
        assertThat(good.diagnostics()).isEmpty();
        assertThat(good.models()).extracting(graph -> graph.name()).containsExactly("Good");
        assertThat(Compiler.with(Library.EMPTY)
                        .onlyModel("Bad")
                        .check(files, Map.of())
                        .hasErrors())
                .isTrue();
        CheckResult all = Compiler.with(Library.EMPTY).onlyModel("Ugly").check(files, Map.of());
        assertThat(all.hasErrors()).as("nothing is called so: all are checked").isTrue();
    }
}
