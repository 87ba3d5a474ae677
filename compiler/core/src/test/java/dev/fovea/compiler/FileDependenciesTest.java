package dev.fovea.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.resolve.Library.StoredFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileDependenciesTest {
    private static final String MODEL = "model M { input x: [3] output y = x -> relu }";

    private static final FileDependencies FILES = FileDependencies.of(List.of(
            file("parts.cnn", "package parts block Head(x) { return x -> relu }"),
            file("net.cnn", "package net import parts.{Head} " + MODEL),
            file("wide.cnn", "package wide import net.* model W = M"),
            file("alone.cnn", "package alone " + MODEL),
            file("recipe.cnn", "package recipe import alone.M train M { optimizer sgd(lr=0.1) }"),
            file("nameless.cnn", MODEL)));

    private static StoredFile file(String path, String text) {
        return new StoredFile(path, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aChangeReachesWhatImportsItThroughOthers() {
        assertThat(FILES.reached(Set.of("parts.cnn"))).containsExactlyInAnyOrder("parts.cnn", "net.cnn", "wide.cnn");
        assertThat(FILES.reached(Set.of("net.cnn"))).containsExactlyInAnyOrder("net.cnn", "wide.cnn");
        assertThat(FILES.reached(Set.of("wide.cnn"))).containsExactly("wide.cnn");
        assertThat(FILES.reached(Set.of("nameless.cnn"))).containsExactly("nameless.cnn");
        assertThat(FILES.reached(Set.of())).isEmpty();
    }

    @Test
    void aRecipeReachesTheModelThatItTrains() {
        assertThat(FILES.reached(Set.of("recipe.cnn"))).containsExactlyInAnyOrder("recipe.cnn", "alone.cnn");
        assertThat(FILES.reached(Set.of("alone.cnn"))).containsExactlyInAnyOrder("recipe.cnn", "alone.cnn");
    }

    @Test
    void someFilesAreCheckedAsAllAre() {
        StoredFile wide = file("wide.cnn", "package wide import net.* model W = M");
        CheckResult result = Compiler.with(FILES.library()).check(List.of(wide), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        assertThat(result.models()).extracting(graph -> graph.qualifiedName()).containsExactly("wide.W");
        assertThat(result.models().get(0).file()).isEqualTo("wide.cnn");
    }

    @Test
    void aFaultyFileHasItsPackageAndImports() {
        FileDependencies faulty = FileDependencies.of(
                List.of(file("a.cnn", "package a const N = "), file("b.cnn", "package b import a.{N} const M = (")));
        assertThat(faulty.packages()).containsEntry("a.cnn", "a").containsEntry("b.cnn", "b");
        assertThat(faulty.reached(Set.of("a.cnn"))).containsExactlyInAnyOrder("a.cnn", "b.cnn");
    }
}
