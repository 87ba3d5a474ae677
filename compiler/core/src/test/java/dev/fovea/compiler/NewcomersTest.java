package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Files as people write them who come from PyTorch, Keras, Caffe or a textbook: {@code faulty/newcomer-*.cnn}. Every
 * message says what to write instead, and its whole text is kept.
 */
class NewcomersTest {
    private static final String RESOURCES = "src/test/resources/";

    @TestFactory
    Stream<DynamicTest> eachSaysTheMend() throws IOException {
        List<Path> files;
        try (Stream<Path> all =
                Files.list(Path.of(System.getProperty("basedir", "")).resolve(RESOURCES + "faulty"))) {
            files = all.filter(path -> path.getFileName().toString().startsWith("newcomer-"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(20);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
    }

    private static void run(Path file) throws IOException {
        String name = file.getFileName().toString();
        List<Diagnostic> found = Compiler.with(Library.EMPTY)
                .check(List.of(new StoredFile(name, MarkedFile.read(file, name).bytes())), Map.of())
                .diagnostics();
        assertThat(found)
                .allSatisfy(one -> assertThat(one.help().size() + one.fixes().size())
                        .as(one.toString())
                        .isPositive());
        GoldenFile.at(RESOURCES + "newcomers/" + name.replace(".cnn", ".txt"))
                .check(TextRenderer.plain().render(found));
    }
}
