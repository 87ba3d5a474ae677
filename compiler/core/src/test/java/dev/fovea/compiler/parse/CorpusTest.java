package dev.fovea.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.diagnostics.DiagnosticSink;
import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.syntax.DeepStack;
import dev.fovea.compiler.syntax.SyntaxFile;
import dev.fovea.compiler.syntax.print.SyntaxPrinter;
import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus of the grammar's module. A valid file has no fault, and what is printed of it parses to the same tree. An
 * invalid file begins with a comment {@code //~ CODE LINE:COLUMN MESSAGE} for each of its faults; {@code
 * -Dgolden.update=true} writes these, for a person to read.
 */
class CorpusTest {

    private static final String MARK = "//~";

    static List<Path> valid() {
        return Corpus.valid();
    }

    static List<Path> invalid() {
        return Corpus.invalid();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validFilesParseAndPrint(Path file) {
        DiagnosticSink sink = new DiagnosticSink();
        SyntaxFile parsed = Parser.parse(file.getFileName().toString(), Corpus.bytes(file), sink);
        assertThat(sink.diagnostics()).isEmpty();
        assertThat(parsed.namesComplete()).isTrue();

        String printed = DeepStack.call(() -> SyntaxPrinter.print(parsed));
        SyntaxFile again = Parser.parse(SourceFile.of("printed.cnn", printed), sink);
        assertThat(sink.diagnostics()).as(printed).isEmpty();
        String structure = DeepStack.call(() -> Structure.of(again));
        assertThat(structure).isEqualTo(DeepStack.call(() -> Structure.of(parsed)));
        assertThat(DeepStack.call(() -> SyntaxPrinter.print(again))).isEqualTo(printed);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidFilesGetTheirMessages(Path file) throws IOException {
        String text = Files.readString(file);
        if (Boolean.getBoolean("golden.update")) {
            text = marked(
                    text.lines().filter(line -> !line.startsWith(MARK)).collect(Collectors.joining("\n", "", "\n")));
            Files.writeString(file, text);
        }
        String expected = text.lines().filter(line -> line.startsWith(MARK)).collect(Collectors.joining("\n"));
        assertThat(messages(text)).isEqualTo(expected).isNotEmpty();
    }

    /** The text with its faults in front; lines are counted with these in place. */
    private static String marked(String body) {
        long faults = messages(body).lines().count();
        return messages((MARK + "\n").repeat((int) faults) + body) + "\n" + body;
    }

    private static String messages(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        Parser.parse("a.cnn", text.getBytes(StandardCharsets.UTF_8), sink);
        return sink.diagnostics().stream().map(CorpusTest::message).collect(Collectors.joining("\n"));
    }

    private static String message(Diagnostic diagnostic) {
        return MARK + " " + diagnostic.code() + " " + diagnostic.span().startPosition() + " " + diagnostic.message();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void theRenderedTextOfInvalidFiles(Path file) {
        DiagnosticSink sink = new DiagnosticSink();
        String name = file.getFileName().toString();
        Parser.parse(name, Corpus.bytes(file), sink);
        String rendered = TextRenderer.plain().render(sink.diagnostics());
        assertThat(rendered).doesNotContain("mismatched", "no viable", "extraneous", "token recognition", "<EOF>");
        GoldenFile.of(CorpusTest.class, name.replace(".cnn", ".txt")).check(rendered);
    }
}
