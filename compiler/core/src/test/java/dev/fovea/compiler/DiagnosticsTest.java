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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Golden diagnostics: for each folder of {@code src/test/resources/diagnostics}, {@code input.cnn} is checked, with the
 * other files as the packages it imports. The faults must stand on the lines that carry a mark, written by hand: {@code
 * //~ ERROR CNN0301}; none may be missing, none more. The whole rendering is {@code expected.txt}.
 */
class DiagnosticsTest {
    private static final String FOLDER = "src/test/resources/diagnostics/";

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        List<Path> folders;
        try (Stream<Path> all =
                Files.list(Path.of(System.getProperty("basedir", "")).resolve(FOLDER))) {
            folders = all.sorted().toList();
        }
        return folders.stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
    }

    private static void run(Path folder) throws IOException {
        Map<String, MarkedFile> sources = new TreeMap<>();
        List<String> expected = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".cnn"))
                    .sorted()
                    .toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                MarkedFile marked = MarkedFile.read(file, name);
                sources.put(name, marked);
                expected.addAll(marked.expected());
            }
        }
        MarkedFile input = sources.remove("input.cnn");
        Map<String, String> packages = new TreeMap<>();
        sources.forEach((name, source) ->
                packages.put(name.substring(0, name.length() - ".cnn".length()).replace('/', '.'), source.text()));
        List<Diagnostic> found = Compiler.with(Library.of(packages))
                .check(List.of(new StoredFile("input.cnn", input.bytes())), Map.of())
                .diagnostics();

        String rendered = TextRenderer.plain().render(found);
        assertThat(MarkedFile.found(found))
                .as("\n%s", rendered)
                .isEqualTo(expected.stream().sorted().toList());
        String code = folder.getFileName().toString().substring(0, "CNN0000".length());
        assertThat(found).anyMatch(one -> one.code().id().equals(code));
        GoldenFile.at(FOLDER + folder.getFileName() + "/expected.txt").check(rendered);
    }
}
