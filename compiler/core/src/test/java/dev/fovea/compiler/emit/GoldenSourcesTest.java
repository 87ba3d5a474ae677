package dev.fovea.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.graph.Graph;
import dev.fovea.compiler.plan.Planner;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The generated classes, byte for byte, as a person reviewed them; each compiles without a warning. */
class GoldenSourcesTest {
    @ParameterizedTest
    @CsvSource({"lenet5, LeNet5", "resnet18, ResNet18", "googlenet, GoogLeNet"})
    void theSourceIsTheGoldenOne(String file, String model) throws IOException {
        GeneratedSource source = source(file, model);
        GoldenFile.of(GoldenSourcesTest.class, "golden/" + model + ".java.txt").check(source.text());
        assertThat(MemoryCompiler.compile(source).getSimpleName()).isEqualTo(model);
    }

    @Test
    void theBytesDoNotDependOnLocaleOrTimeZone() throws IOException {
        String expected = source("lenet5", "LeNet5").text();
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            assertThat(source("lenet5", "LeNet5").text()).isEqualTo(expected);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static GeneratedSource source(String file, String model) throws IOException {
        String path = "/dev/fovea/compiler/models/" + file + ".cnn";
        try (InputStream in = GoldenSourcesTest.class.getResourceAsStream(path)) {
            StoredFile stored = new StoredFile(file + ".cnn", in.readAllBytes());
            CheckResult result = Compiler.with(Library.EMPTY).check(List.of(stored), Map.of());
            assertThat(result.hasErrors()).isFalse();
            Graph graph = result.models().stream()
                    .filter(one -> one.name().equals(model))
                    .findFirst()
                    .orElseThrow();
            return ModelEmitter.emit(Planner.plan(graph));
        }
    }
}
