package dev.fovea.compiler.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.Checks;
import dev.fovea.compiler.compare.Step.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Comparison compare(String from, String to) {
        return Comparison.of(
                Checks.clean("model A { input x: [4, 8, 8] " + from + " }"),
                Checks.clean("model B { input x: [4, 8, 8] " + to + " }"));
    }

    /** The steps that are not the same, as {@code ADDED conv2}, with their details. */
    private static List<String> changes(Comparison comparison) {
        return comparison.steps().stream()
                .filter(step -> step.kind() != Kind.SAME)
                .map(step -> (step.kind() + " " + step.node().name() + " " + String.join(", ", step.details())).strip())
                .toList();
    }

    @Test
    void aModelIsTheSameAsItself() {
        String body = "output y = x -> a: conv(4, kernel=3) -> relu -> maxpool(2)";
        Comparison comparison = compare(body, body);
        assertThat(comparison.isSame()).isTrue();
        assertThat(comparison.steps()).hasSize(3).allMatch(step -> step.kind() == Kind.SAME);
        assertThat(comparison.weights().fitting()).containsExactly("a.weight", "a.bias");
    }

    @Test
    void whatOnlyCountsOnIsTheSame() {
        Comparison comparison = compare(
                "output y = x -> relu -> a: conv(4, kernel=3) -> relu",
                "output y = x -> relu -> a: conv(4, kernel=1) -> relu -> b: conv(4, kernel=3) -> relu");
        assertThat(changes(comparison))
                .containsExactly("CHANGED a kernel 3 → 1, output [4, 6, 6] → [4, 8, 8]", "ADDED relu2", "ADDED b");
        assertThat(comparison.isSame()).isFalse();
        assertThat(comparison.weights().reshaped())
                .extracting(one -> one.name())
                .containsExactly("a.weight");
        assertThat(comparison.weights().fitting()).containsExactly("a.bias");
        assertThat(comparison.weights().missing()).containsExactly("b.weight", "b.bias");
    }

    @Test
    void aLayerThatStandsElsewhereIsMoved() {
        Comparison comparison = compare(
                "output y = x -> a: conv(4, kernel=1) -> b: conv(4, kernel=3, padding=1) -> c: conv(4, kernel=1)",
                "output y = x -> c: conv(4, kernel=1) -> a: conv(4, kernel=1) -> b: conv(4, kernel=3, padding=1)");
        assertThat(changes(comparison))
                .containsExactly("MOVED c reads x instead of b", "CHANGED a reads c instead of x");
        assertThat(comparison.weights().fitting()).hasSize(6);
    }

    @Test
    void whatReadsAnotherTensorIsDifferent() {
        String head = "let a = x -> a: conv(4, kernel=1) let b = a -> b: conv(4, kernel=1) ";
        assertThat(changes(compare(head + "output y = add(a, b)", head + "output y = add(x, b)")))
                .containsExactly("CHANGED add1 reads x, b instead of a, b");
    }

    @Test
    void anotherActivationIsAChangeOfIt() {
        assertThat(changes(compare(
                        "output y = x -> a: conv(4, kernel=1) -> relu",
                        "output y = x -> a: conv(4, kernel=1) -> gelu")))
                .containsExactly("CHANGED gelu1 relu → gelu");
    }

    @Test
    void aRenamedLayerSaysWhatItWas() {
        Comparison comparison = compare("output y = x -> a: conv(4, kernel=1)", "output y = x -> b: conv(4, kernel=1)");
        assertThat(changes(comparison)).containsExactly("CHANGED b was `a`");
        assertThat(comparison.weights().fitting()).isEmpty();
        assertThat(comparison.weights().left()).containsExactly("a.weight", "a.bias");
    }

    @Test
    void inputsAndOutputsAreCompared() {
        Comparison comparison = compare("output y = x -> relu", "output y = x -> flatten output z = x -> relu");
        assertThat(comparison.ends())
                .extracting(end -> end.word() + " " + end.name() + " " + end.from() + " " + end.to())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("output y ");
    }
}
