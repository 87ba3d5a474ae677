package dev.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

class GoldenFileTest {
    @Test
    void acceptsEqualText() {
        GoldenFile.of(GoldenFileTest.class, "greeting.txt").check("hello\nworld\n");
    }

    @Test
    @DisabledIfSystemProperty(named = "golden.update", matches = "true", disabledReason = "would rewrite the file")
    void refusesOtherText() {
        GoldenFile golden = GoldenFile.of(GoldenFileTest.class, "greeting.txt");
        assertThatThrownBy(() -> golden.check("hello\nword\n")).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisabledIfSystemProperty(named = "golden.update", matches = "true", disabledReason = "would create the file")
    void saysHowToMakeAMissingFile() {
        GoldenFile golden = GoldenFile.at("src/test/resources/none.txt");
        assertThatThrownBy(() -> golden.check("")).hasMessageContaining("-Dgolden.update=true");
    }
}
