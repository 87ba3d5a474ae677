package dev.fovea.compiler.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.source.SourceFile;
import dev.fovea.compiler.source.Span;
import org.junit.jupiter.api.Test;

class TextRendererTest {

    private static final SourceFile LENET = SourceFile.of("lenet.cnn", """
            model LeNet5 {
              input image: [1, 28, 28]

              let features = image
                -> conv1: conv(6, kernel=5, padding=2) -> relu
                -> maxpool(2)
                -> conv2: conv(16, kernel=5) -> relu
                -> maxpool(2)
                -> conv3: conv(120, kernel=7)
            }
            """);

    private static Span find(SourceFile file, String text) {
        int start = file.text().indexOf(text);
        return file.span(start, start + text.length());
    }

    private static String render(Diagnostic.Builder diagnostic) {
        return TextRenderer.plain().render(diagnostic.build());
    }

    private static Diagnostic.Builder fault(Span span, String message) {
        return Diagnostic.of(Code.EXPECTED_TOKEN, span, message);
    }

    @Test
    void theFormOfTheLanguageDefinition() {
        String text = render(fault(find(LENET, "conv(120, kernel=7)"), "the kernel does not fit the input")
                .label("kernel 7 on a 5×5 input: (5 − 7 + 2·0)/1 + 1 = −1")
                .note("input: [16, 5, 5], from maxpool on line 8")
                .help("the largest kernel that fits is 5; or use padding=1"));
        assertThat(text).isEqualTo("""
                        error[CNN0106]: the kernel does not fit the input
                          --> lenet.cnn:9:15
                           |
                         9 |     -> conv3: conv(120, kernel=7)
                           |               ^^^^^^^^^^^^^^^^^^^ kernel 7 on a 5×5 input: (5 − 7 + 2·0)/1 + 1 = −1
                           |
                           = input: [16, 5, 5], from maxpool on line 8
                           = help: the largest kernel that fits is 5; or use padding=1
                        """);
    }

    @Test
    void relatedPlacesAreShownWithTheirLines() {
        SourceFile parts = SourceFile.of("parts.cnn", "\n".repeat(11) + "block Basic(x) { return x }\n");
        String text = render(fault(find(LENET, "maxpool(2)"), "this does not fit")
                .severity(Severity.WARNING)
                .related(find(parts, "Basic"), "called from here"));
        assertThat(text).isEqualTo("""
                        warning[CNN0106]: this does not fit
                           --> lenet.cnn:6:8
                            |
                          6 |     -> maxpool(2)
                            |        ^^^^^^^^^^
                           ::: parts.cnn:12:7
                            |
                         12 | block Basic(x) { return x }
                            |       ----- called from here
                        """);
    }

    @Test
    void aSpanOverLinesIsUnderlinedOnItsFirst() {
        assertThat(render(fault(find(LENET, "image\n    -> conv1"), "too long")))
                .contains("|                  ^^^^^\n");
    }

    @Test
    void anEmptySpanGetsOneMark() {
        SourceFile file = SourceFile.of("a.cnn", "let x =\n");
        assertThat(render(fault(file.span(7, 7), "missing"))).endsWith(" 1 | let x =\n   |        ^\n");
        SourceFile end = SourceFile.of("a.cnn", "let x =\n");
        assertThat(render(fault(end.span(8, 8), "missing")))
                .contains("a.cnn:2:1\n")
                .endsWith(" 2 |\n   | ^\n");
    }

    @Test
    void tabsStayTabsSoThatTheMarksAlign() {
        SourceFile file = SourceFile.of("a.cnn", "\tlet x\t= 1");
        assertThat(render(fault(file.span(7, 8), "here"))).endsWith(" 1 | \tlet x\t= 1\n   | \t     \t^\n");
    }

    @Test
    void charactersBeyondTheBasicPlaneAreOneColumn() {
        SourceFile file = SourceFile.of("a.cnn", "\uD83D\uDE00 x");
        assertThat(render(fault(file.span(3, 4), "here"))).contains("a.cnn:1:3").endsWith("   |   ^\n");
    }

    @Test
    void longLinesAreCutAroundTheFault() {
        SourceFile file = SourceFile.of("a.cnn", "x".repeat(5000) + "y" + "z".repeat(5000));
        String text = render(fault(file.span(5000, 5001), "here"));
        assertThat(text.lines()).allMatch(line -> line.length() < 200);
        assertThat(text)
                .contains(" 1 | …" + "x".repeat(40) + "y" + "z".repeat(119) + "…\n")
                .endsWith("   | " + " ".repeat(41) + "^\n");
    }

    @Test
    void textFromAFileCannotSteerTheTerminal() {
        SourceFile file = SourceFile.of("a\u001B.cnn", "\u001B[2J\u202Ex\u0007");
        String text = render(fault(file.span(5, 6), "bad \u001B[1m name")
                .note("first\nsecond")
                .help("\u0008"));
        assertThat(text).doesNotContain("\u001B", "\u0007", "\u0008", "\u202E").contains("\uFFFD[2J\uFFFDx\uFFFD");
        assertThat(text).contains("   = first\n     second\n");
    }

    @Test
    void aFileThatCouldNotBeReadHasNoLineToShow() {
        Span nowhere = SourceFile.of("missing.cnn", "").span(0, 0);
        assertThat(render(fault(nowhere, "cannot read `missing.cnn`").label("no such file")))
                .isEqualTo("""
                        error[CNN0106]: cannot read `missing.cnn`
                          --> missing.cnn:1:1
                           | no such file
                        """);
    }

    @Test
    void aFixIsHelpUnlessHelpSaysItAlready() {
        Span span = find(LENET, "maxpool");
        String text = render(fault(span, "m")
                .help("use avgpool")
                .fix(span, "avgpool", "use avgpool")
                .fix(span, "conv", "use conv"));
        assertThat(text).endsWith("   = help: use avgpool\n   = help: use conv\n");
    }

    @Test
    void coloursWrapTheSameText() {
        Diagnostic diagnostic = fault(find(LENET, "conv(120, kernel=7)"), "m")
                .label("l")
                .related(find(LENET, "image"), "r")
                .note("n")
                .build();
        String coloured = TextRenderer.coloured().render(diagnostic);
        assertThat(coloured).contains("\u001B[1;31merror[CNN0106]\u001B[0m");
        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", ""))
                .isEqualTo(TextRenderer.plain().render(diagnostic));
    }
}
