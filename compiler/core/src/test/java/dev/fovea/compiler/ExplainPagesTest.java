package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.Code;
import dev.fovea.compiler.diagnostics.Severity;
import dev.fovea.compiler.resolve.Library;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every code has its page, the page's example yields it and the mended one does not, and a golden case has it. */
class ExplainPagesTest {
    /** No file yields these: they come from files that cannot be read, from the command line, or from whoever trains. */
    private static final Set<Code> WITHOUT_FILE =
            Set.of(Code.UNREADABLE_FILE, Code.UNREADABLE_IMPORT, Code.UNKNOWN_OVERRIDE);

    /** A page is text, and so cannot show what is none. */
    private static final Set<Code> WITHOUT_TEXT = EnumSet.of(Code.INVALID_UTF8);

    static {
        WITHOUT_TEXT.addAll(WITHOUT_FILE);
    }

    private static final Pattern BLOCK = Pattern.compile("```cnn ?(\\S*)\\n(.*?)```", Pattern.DOTALL);

    static Stream<Code> codes() {
        return Stream.of(Code.values());
    }

    @ParameterizedTest
    @MethodSource("codes")
    void hasAPageWhoseExampleYieldsIt(Code code) throws IOException {
        String page = page(code);
        assertThat(page).startsWith("# " + code.id() + ": " + code.title() + "\n");
        List<CheckResult> examples = examples(page);
        if (WITHOUT_TEXT.contains(code)) {
            assertThat(examples).isEmpty();
            return;
        }
        assertThat(examples).isNotEmpty();
        assertThat(examples.get(0).diagnostics()).anyMatch(found -> found.code() == code);
        for (CheckResult mended : examples.subList(1, examples.size())) {
            assertThat(mended.diagnostics()).isEmpty();
        }
    }

    /** The page's own example, with {@code @allow} in front of its declarations. */
    @ParameterizedTest
    @MethodSource("warnings")
    void aWarningCanBeMeant(Code code) throws IOException {
        String allow = "@allow(" + code.word() + ")\n";
        String page = page(code).replaceAll("(?m)^(model|block|train) ", allow + "$1 ");
        assertThat(examples(page).get(0).diagnostics()).noneMatch(found -> found.code() == code);
    }

    static Stream<Code> warnings() {
        return codes().filter(code -> code.severity() == Severity.WARNING);
    }

    @Test
    void hasAGoldenCase() throws IOException {
        List<String> cases;
        try (Stream<Path> folders =
                Files.list(Path.of(System.getProperty("basedir", ""), "src/test/resources/diagnostics"))) {
            cases = folders.map(folder -> folder.getFileName().toString()).toList();
        }
        assertThat(codes().filter(code -> !WITHOUT_FILE.contains(code)))
                .allMatch(code -> cases.stream().anyMatch(name -> name.startsWith(code.id() + "-")));
    }

    /** The programs of a page: blocks with a path are packages for the next block without one. */
    private static List<CheckResult> examples(String page) {
        List<CheckResult> results = new ArrayList<>();
        Map<String, String> packages = new TreeMap<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            if (block.group(1).isEmpty()) {
                results.add(Checks.check("net.cnn", block.group(2), Library.of(packages), Map.of()));
                packages = new TreeMap<>();
            } else {
                packages.put(block.group(1).replace(".cnn", "").replace('/', '.'), block.group(2));
            }
        }
        return results;
    }

    private static String page(Code code) throws IOException {
        try (InputStream in = Code.class.getResourceAsStream(code.id() + ".md")) {
            assertThat(in).as("the page of %s", code.id()).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
