package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.Library.StoredFile;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern MARK = Pattern.compile("//~ (ERROR|WARNING|INFO)((?: CNN\\d{4})+)");

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
        Map<String, String> sources = new TreeMap<>();
        List<String> expected = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".cnn"))
                    .sorted()
                    .toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                sources.put(name, unmarked(name, Files.readString(file), expected));
            }
        }
        String input = sources.remove("input.cnn");
        Map<String, String> packages = new TreeMap<>();
        sources.forEach((name, text) ->
                packages.put(name.substring(0, name.length() - ".cnn".length()).replace('/', '.'), text));
        StoredFile given = new StoredFile("input.cnn", input.getBytes(StandardCharsets.UTF_8));
        List<Diagnostic> found = Compiler.with(Library.of(packages))
                .check(List.of(given), Map.of())
                .diagnostics();

        String rendered = TextRenderer.plain().render(found);
        assertThat(found.stream().map(DiagnosticsTest::mark).sorted().toList())
                .as("\n%s", rendered)
                .isEqualTo(expected.stream().sorted().toList());
        String code = folder.getFileName().toString().substring(0, "CNN0000".length());
        assertThat(found).anyMatch(one -> one.code().id().equals(code));
        GoldenFile.at(FOLDER + folder.getFileName() + "/expected.txt").check(rendered);
    }

    /** The text without its marks, as a person would have written it; the marks go into {@code expected}. */
    private static String unmarked(String name, String text, List<String> expected) {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            Matcher mark = MARK.matcher(line);
            String plain = line;
            while (mark.find()) {
                plain = plain.substring(0, Math.min(plain.length(), line.indexOf("//~")))
                        .stripTrailing();
                for (String code : mark.group(2).strip().split(" ")) {
                    expected.add(name + ":" + number + " " + mark.group(1) + " " + code);
                }
            }
            lines.add(plain);
        }
        return String.join("\n", lines);
    }

    private static String mark(Diagnostic found) {
        return found.span().file().path() + ":" + found.span().line() + " "
                + found.severity().word().toUpperCase(Locale.ROOT) + " "
                + found.code().id();
    }
}
