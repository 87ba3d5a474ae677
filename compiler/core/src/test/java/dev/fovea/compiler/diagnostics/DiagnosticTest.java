package dev.fovea.compiler.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.compiler.source.SourceFile;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticTest {

    private static final SourceFile A = SourceFile.of("a.cnn", "one\ntwo\n");
    private static final SourceFile B = SourceFile.of("b.cnn", "one\n");

    private static Diagnostic at(SourceFile file, int start, Code code) {
        return Diagnostic.of(code, file.span(start, start + 1), "m").build();
    }

    @Test
    void theSinkSortsByPlaceAndKeepsIdenticalOnesOnce() {
        DiagnosticSink sink = new DiagnosticSink();
        Diagnostic third = at(B, 0, Code.UNKNOWN_ESCAPE);
        Diagnostic second = at(A, 4, Code.UNKNOWN_ESCAPE);
        Diagnostic first = at(A, 1, Code.UNKNOWN_TYPE);
        List.of(third, second, first, at(A, 1, Code.UNKNOWN_TYPE)).forEach(sink::report);
        assertThat(sink.diagnostics()).containsExactly(first, second, third);
    }

    @Test
    void severitiesAreCounted() {
        DiagnosticSink sink = new DiagnosticSink();
        sink.report(Diagnostic.of(Code.UNKNOWN_TYPE, A.span(0, 1), "m").severity(Severity.WARNING));
        assertThat(sink.hasErrors()).isFalse();
        assertThat(sink.count(Severity.WARNING)).isEqualTo(1);
        sink.report(at(A, 0, Code.UNKNOWN_TYPE));
        assertThat(sink.hasErrors()).isTrue();
    }

    @Test
    void aDiagnosticNeedsAMessage() {
        assertThatThrownBy(() ->
                        Diagnostic.of(Code.UNKNOWN_TYPE, A.span(0, 1), " ").build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void codesAreFoundByTheirIds() {
        assertThat(Code.of("cnn0001")).contains(Code.INVALID_UTF8);
        assertThat(Code.of("CNN9999")).isEmpty();
        assertThat(Arrays.stream(Code.values()).map(Code::id)).doesNotHaveDuplicates();
    }

    @Test
    void jsonHoldsEveryPart() {
        Diagnostic diagnostic = Diagnostic.of(Code.UNKNOWN_TYPE, A.span(4, 7), "there is no type `two`")
                .label("here")
                .related(B.span(0, 3), "there")
                .note("types: int")
                .help("use int")
                .fix(A.span(4, 7), "int", "did you mean `int`?")
                .build();
        assertThat(new JsonRenderer().render(List.of(diagnostic))).isEqualTo("""
                        {
                          "diagnostics": [
                            {
                              "code": "CNN0115",
                              "severity": "error",
                              "file": "a.cnn",
                              "line": 2,
                              "column": 1,
                              "end_line": 2,
                              "end_column": 4,
                              "message": "there is no type `two`",
                              "label": "here",
                              "related": [
                                {
                                  "file": "b.cnn",
                                  "line": 1,
                                  "column": 1,
                                  "message": "there"
                                }
                              ],
                              "notes": [
                                "types: int"
                              ],
                              "help": [
                                "use int"
                              ],
                              "fixes": [
                                {
                                  "file": "a.cnn",
                                  "line": 2,
                                  "column": 1,
                                  "end_line": 2,
                                  "end_column": 4,
                                  "replacement": "int",
                                  "description": "did you mean `int`?"
                                }
                              ]
                            }
                          ]
                        }
                        """);
        assertThat(new JsonRenderer().render(List.of())).isEqualTo("{\n  \"diagnostics\": []\n}\n");
    }
}
