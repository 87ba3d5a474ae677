package dev.fovea.compiler.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.parse.Corpus;
import dev.fovea.compiler.parse.Parser;
import dev.fovea.compiler.parse.Structure;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.syntax.DeepStack;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Meaning kept, comments kept, the layout its own fixed point: over all files there are and over scattered ones. */
class FormatterTest {

    private static final long SEED = 20260;

    static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(Corpus.valid());
        for (String folder :
                List.of("src/test/resources/dev/fovea/compiler/models", "../../stdlib-models/src/main/cnn")) {
            try (Stream<Path> found = Files.walk(Path.of(folder))) {
                found.filter(path -> path.toString().endsWith(".cnn")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    @ParameterizedTest
    @MethodSource("files")
    void meaningIsKeptAndTheLayoutIsItsOwn(Path file) throws IOException {
        check(Files.readString(file));
    }

    /** White space and comments where they may stand, at random; what is found between two tokens is kept out of labels. */
    @ParameterizedTest
    @MethodSource("files")
    void scatteredFilesToo(Path file) throws IOException {
        String text = Files.readString(file);
        if (text.length() > 6000) {
            return;
        }
        for (int round = 0; round < 12; round++) {
            String scattered = Scatter.scatter(text, new Random(SEED + round), round % 3 == 2);
            DiagnosticSink sink = new DiagnosticSink();
            Parser.parse(SourceFile.of("a.cnn", scattered), sink);
            if (!sink.hasErrors()) {
                check(scattered);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.fovea.compiler.parse.Corpus#invalid")
    void filesWithFaultsAreLeftAlone(Path file) throws IOException {
        DiagnosticSink sink = new DiagnosticSink();
        assertThat(Formatter.format("a.cnn", Files.readAllBytes(file), sink)).isEmpty();
        assertThat(sink.hasErrors()).isTrue();
    }

    @Test
    void theCanonicalLayout() {
        String messy = GoldenFile.of(FormatterTest.class, "messy.cnn").text();
        GoldenFile.of(FormatterTest.class, "canonical.cnn").check(format(messy));
    }

    private static void check(String text) {
        String once = format(text);
        assertThat(structure(once)).as(text).isEqualTo(structure(text));
        assertThat(format(once)).as(text).isEqualTo(once);
        assertThat(once).endsWith("\n").doesNotContain("\t", " \n", "\n\n\n");
    }

    private static String format(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        String formatted = Formatter.format("a.cnn", text.getBytes(StandardCharsets.UTF_8), sink)
                .orElse("");
        assertThat(sink.diagnostics()).as(text).isEmpty();
        return formatted;
    }

    private static String structure(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        return DeepStack.call(() -> Structure.of(Parser.parse(SourceFile.of("a.cnn", text), sink)));
    }
}
