package dev.fovea.compiler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SourceFileTest {

    @Test
    void linesAndColumnsCountFromOne() {
        SourceFile file = SourceFile.of("a.cnn", "ab\ncd\n");
        assertThat(file.position(0)).isEqualTo(new Position(1, 1));
        assertThat(file.position(2)).isEqualTo(new Position(1, 3));
        assertThat(file.position(3)).isEqualTo(new Position(2, 1));
        assertThat(file.position(6)).isEqualTo(new Position(3, 1));
        assertThat(file.lineCount()).isEqualTo(3);
    }

    @Test
    void columnsAreCodePointsAndTabsAreOne() {
        SourceFile file = SourceFile.of("a.cnn", "\t\uD83D\uDE00x");
        assertThat(file.position(1)).isEqualTo(new Position(1, 2));
        assertThat(file.position(3)).isEqualTo(new Position(1, 3));
        assertThat(file.position(4)).isEqualTo(new Position(1, 4));
    }

    @Test
    void aCarriageReturnBelongsToTheLineEnd() {
        SourceFile file = SourceFile.of("a.cnn", "ab\r\ncd\r\n");
        assertThat(file.line(1)).isEqualTo("ab");
        assertThat(file.line(2)).isEqualTo("cd");
        assertThat(file.line(3)).isEmpty();
        assertThat(file.position(4)).isEqualTo(new Position(2, 1));
    }

    @Test
    void oneByteOrderMarkIsDropped() {
        assertThat(SourceFile.of("a.cnn", "\uFEFFab").text()).isEqualTo("ab");
        assertThat(SourceFile.of("a.cnn", "\uFEFF\uFEFFab").text()).isEqualTo("\uFEFFab");
        assertThat(SourceFile.of("a.cnn", "").text()).isEmpty();
    }

    @Test
    void manyLinesAreIndexed() {
        SourceFile file = SourceFile.of("a.cnn", "x\n".repeat(1000));
        assertThat(file.lineCount()).isEqualTo(1001);
        assertThat(file.position(1998)).isEqualTo(new Position(1000, 1));
    }

    @Test
    void spansJoinAndKnowTheirText() {
        SourceFile file = SourceFile.of("dir/a.cnn", "let x = 1");
        Span name = file.span(4, 5);
        Span value = file.span(8, 9);
        assertThat(value.to(name).text()).isEqualTo("x = 1");
        assertThat(name).hasToString("dir/a.cnn:1:5").isLessThan(value);
        assertThat(value.endPosition()).isEqualTo(new Position(1, 10));
    }

    @Test
    void placesOutsideTheTextAreRefused() {
        SourceFile file = SourceFile.of("a.cnn", "ab");
        assertThatThrownBy(() -> file.span(1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> file.span(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> file.position(3)).isInstanceOf(IndexOutOfBoundsException.class);
        Span elsewhere = SourceFile.of("b.cnn", "ab").span(0, 1);
        assertThatThrownBy(() -> file.span(0, 1).to(elsewhere)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filesAreEqualByPathAndText() {
        assertThat(SourceFile.of("a.cnn", "x"))
                .isEqualTo(SourceFile.of("a.cnn", "x"))
                .hasSameHashCodeAs(SourceFile.of("a.cnn", "x"))
                .isNotEqualTo(SourceFile.of("a.cnn", "y"))
                .isNotEqualTo(SourceFile.of("b.cnn", "x"));
    }
}
