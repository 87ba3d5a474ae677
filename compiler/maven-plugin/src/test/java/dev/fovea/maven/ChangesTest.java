package dev.fovea.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.FileDependencies;
import dev.fovea.compiler.resolve.Library.StoredFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final FileDependencies FILES = FileDependencies.of(List.of(
            file("a.cnn", "package a model A { input x: [3] output y = x -> relu }"),
            file("b.cnn", "package b import a.{A} model B = A"),
            file("c.cnn", "package c model C { input x: [3] output y = x -> relu }")));

    private static final List<GenerationRecord.Made> CLASSES =
            List.of(made("a.cnn", "a/A.java"), made("b.cnn", "b/B.java"), made("c.cnn", "c/C.java"));

    private static StoredFile file(String path, String text) {
        return new StoredFile(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static GenerationRecord.Made made(String source, String path) {
        return new GenerationRecord.Made("f", source, path);
    }

    private static Map<String, GenerationRecord.Source> files(String a, String b, String c) {
        return Map.of(
                "a.cnn", new GenerationRecord.Source(a, "a"),
                "b.cnn", new GenerationRecord.Source(b, "b"),
                "c.cnn", new GenerationRecord.Source(c, "c"));
    }

    private static final GenerationRecord LAST = new GenerationRecord("e", files("1", "1", "1"), CLASSES);

    @Test
    void theClassesOfTheFileAndOfThoseThatImportItAreMadeAnew() {
        assertThat(Changes.between(LAST, files("2", "1", "1"), FILES)).hasValueSatisfying(changes -> {
            assertThat(changes.reached()).containsExactlyInAnyOrder("a.cnn", "b.cnn");
            assertThat(changes.keptClasses()).containsExactly("c.C");
        });
        assertThat(Changes.between(LAST, files("1", "1", "2"), FILES)).hasValueSatisfying(changes -> {
            assertThat(changes.reached()).containsExactly("c.cnn");
            assertThat(changes.keptClasses()).containsExactly("a.A", "b.B");
        });
    }

    @Test
    void whereAFileOrPackageCameOrWentAllIsMadeAnew() {
        Map<String, GenerationRecord.Source> fewer = Map.of("a.cnn", new GenerationRecord.Source("1", "a"));
        assertThat(Changes.between(LAST, fewer, FILES)).isEmpty();
        Map<String, GenerationRecord.Source> renamed = Map.of(
                "a.cnn", new GenerationRecord.Source("2", "other"),
                "b.cnn", new GenerationRecord.Source("1", "b"),
                "c.cnn", new GenerationRecord.Source("1", "c"));
        assertThat(Changes.between(LAST, renamed, FILES)).isEmpty();
    }

    @Test
    void aClassOfAFileThatIsNotOursIsMadeAnewWithAll() {
        GenerationRecord foreign =
                new GenerationRecord("e", files("1", "1", "1"), List.of(made("elsewhere.cnn", "x/X.java")));
        assertThat(Changes.between(foreign, files("2", "1", "1"), FILES)).isEmpty();
    }
}
