package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The mistakes that people make, a file each: {@code src/test/resources/faulty}. Each gives exactly what its marks say: nothing
 * is missed, nothing said twice, nothing of what only follows.
 */
class FaultyFilesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "")).resolve("src/test/resources/faulty");

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.sorted().toList();
        }
    }

    private static List<Diagnostic> diagnostics(MarkedFile file, String name) {
        return Compiler.with(Library.EMPTY)
                .check(List.of(new StoredFile(name, file.bytes())), Map.of())
                .diagnostics();
    }

    private static List<Diagnostic> diagnostics(String name) throws IOException {
        return diagnostics(MarkedFile.read(FOLDER.resolve(name), name), name);
    }

    @TestFactory
    Stream<DynamicTest> eachGivesWhatIsMarkedInIt() throws IOException {
        return files().stream().map(path -> {
            String name = path.getFileName().toString();
            return DynamicTest.dynamicTest(name, () -> {
                MarkedFile file = MarkedFile.read(path, name);
                List<Diagnostic> found = diagnostics(file, name);
                assertThat(MarkedFile.found(found))
                        .as("\n%s", TextRenderer.plain().render(found))
                        .isEqualTo(file.expected())
                        .isNotEmpty();
            });
        });
    }

    @Test
    void thereAreManyOfThem() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(80);
    }

    @Test
    void twelveFaultsGiveTwelveDiagnostics() throws IOException {
        List<Diagnostic> found = diagnostics("twelve.cnn");
        assertThat(found).hasSize(12).allMatch(one -> one.severity() == Severity.ERROR);
        assertThat(found).extracting(Diagnostic::code).doesNotHaveDuplicates();
    }

    @Test
    void theFirstLayerOfAlexNetAsTheSlideHasIt() throws IOException {
        Diagnostic warning = diagnostics("alexnet-of-the-slide.cnn").get(0);
        assertThat(warning.message()).isEqualTo("the last row and column of the input are never read");
        assertThat(warning.label()).isEqualTo("(224 − 11 + 2·0)/4 + 1 = 54.25");
        assertThat(warning.help()).contains("use padding=2", "or an input of 223×223 or 227×227");
        assertThat(Checks.lines(
                        "model A { input image: [3, 227, 227] output y = image -> conv(96, kernel=11, stride=4) }"))
                .isEmpty();
        assertThat(Checks.lines("model A { input image: [3, 224, 224] output y = image -> conv(96, kernel=11,"
                        + " stride=4, padding=2) }"))
                .isEmpty();
    }

    @Test
    void aFaultCalledThreeTimesIsOneWithItsCalls() throws IOException {
        List<Diagnostic> found = diagnostics("one-fault-called-three-times.cnn");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).related()).extracting(one -> one.span().line()).containsExactly(7, 8, 9);
    }
}
