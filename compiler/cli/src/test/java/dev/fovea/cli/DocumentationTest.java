package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pages show is so: see {@link PageRun} for how a page says what to do. {@code -Dgolden.update=true} writes what
 * commands print into the pages, for a person to read.
 */
class DocumentationTest {
    @TestFactory
    Stream<DynamicTest> pages(@TempDir Path folder) {
        return MarkdownPage.below(MarkdownPage.ROOT).stream()
                .filter(page -> !page.blocks().isEmpty())
                .map(page -> DynamicTest.dynamicTest(
                        page.name(),
                        () -> new PageRun(page, Files.createDirectories(folder.resolve(page.name()))).run()));
    }

    @TestFactory
    Stream<DynamicTest> linksLeadSomewhere() {
        return MarkdownPage.below(MarkdownPage.ROOT).stream()
                .map(page -> DynamicTest.dynamicTest(
                        page.name(), () -> page.links().forEach(target -> assertLeads(page, target))));
    }

    private static void assertLeads(MarkdownPage page, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]);
        assertThat(file).as("%s in %s", target, page.name()).exists();
        if (parts.length == 2) {
            assertThat(MarkdownPage.read(file).anchors())
                    .as("%s in %s", target, page.name())
                    .contains(parts[1]);
        }
    }

    @Test
    void transcriptsAreCompared() {
        assertThat(Transcript.matches("$ a\n1\n", "$ a\n1\n", false)).isTrue();
        assertThat(Transcript.matches("$ a\n1\n", "$ a\n2\n", false)).isFalse();
        assertThat(Transcript.matches("$ a\n1.5 s\n", "$ a\n12 s\n", true)).isTrue();
        assertThat(Transcript.matches("$ a\n1 s\n", "$ a\n1 m\n", true)).isFalse();
        assertThat(Transcript.matches("$ a\n...\nz\n", "$ a\nx\ny\nz\n", false)).isTrue();
        assertThat(Transcript.matches("$ a\n...\nz\n", "$ a\nx\ny\n", false)).isFalse();
    }
}
