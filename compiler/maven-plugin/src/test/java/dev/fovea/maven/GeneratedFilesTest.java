package dev.fovea.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.emit.GeneratedSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFilesTest {
    private static final GeneratedSource FIRST = new GeneratedSource("a.First", "a/First.java", "class First {}\n");
    private static final GeneratedSource SECOND = new GeneratedSource("a.Second", "a/Second.java", "class Second {}\n");

    @TempDir
    private Path folder;

    private GeneratedFiles files;

    @BeforeEach
    void open() {
        files = new GeneratedFiles(folder.resolve("sources"), folder.resolve("record/generated.txt"));
    }

    private static GenerationRecord.Made made(GeneratedSource source) {
        return new GenerationRecord.Made(
                Fingerprint.of(source.text().getBytes(StandardCharsets.UTF_8)), "a.cnn", source.path());
    }

    private int replace(String environment, GeneratedSource... generated) throws IOException {
        return files.replace(
                environment,
                Map.of("a.cnn", new GenerationRecord.Source("f", "a")),
                List.of(),
                Stream.of(generated)
                        .map(one -> new GeneratedFiles.FromFile("a.cnn", one))
                        .toList());
    }

    @Test
    void reliableOnlyInTheEnvironmentTheyWereMadeIn() throws IOException {
        assertThat(files.previous("one")).isEmpty();
        assertThat(replace("one", FIRST)).isEqualTo(1);
        assertThat(files.previous("one")).hasValueSatisfying(last -> {
            assertThat(last.classes()).containsExactly(made(FIRST));
            assertThat(last.sources()).containsEntry("a.cnn", new GenerationRecord.Source("f", "a"));
        });
        assertThat(files.previous("two")).isEmpty();
    }

    @Test
    void aFileThatWasChangedOrDeletedIsNotReliable() throws IOException {
        replace("one", FIRST, SECOND);
        Files.writeString(folder.resolve("sources/a/First.java"), "class Other {}\n");
        assertThat(files.previous("one")).isEmpty();
        replace("one", FIRST, SECOND);
        assertThat(files.previous("one")).isPresent();
        Files.delete(folder.resolve("sources/a/Second.java"));
        assertThat(files.previous("one")).isEmpty();
    }

    @Test
    void aRecordOfAnotherVersionIsNoRecord() throws IOException {
        replace("one", FIRST);
        Files.writeString(folder.resolve("record/generated.txt"), "abc\ndef a/First.java\n");
        assertThat(files.previous("one")).isEmpty();
    }

    @Test
    void whatStaysTheSameIsNotTouched() throws IOException {
        replace("one", FIRST, SECOND);
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(folder.resolve("sources/a/First.java"), longAgo);
        GeneratedSource changed = new GeneratedSource("a.Second", "a/Second.java", "class Second { int x; }\n");
        assertThat(replace("two", FIRST, changed)).isEqualTo(1);
        assertThat(Files.getLastModifiedTime(folder.resolve("sources/a/First.java")))
                .isEqualTo(longAgo);
    }

    @Test
    void whatIsKeptStaysAndIsRemembered() throws IOException {
        replace("one", FIRST, SECOND);
        GeneratedSource changed = new GeneratedSource("a.Second", "a/Second.java", "class Second { int x; }\n");
        int changes = files.replace(
                "one", Map.of(), List.of(made(FIRST)), List.of(new GeneratedFiles.FromFile("b.cnn", changed)));
        assertThat(changes).isEqualTo(1);
        assertThat(files.previous("one")).hasValueSatisfying(last -> assertThat(last.classes())
                .extracting(GenerationRecord.Made::className)
                .containsExactly("a.First", "a.Second"));
    }

    @Test
    void whatHasNoSourceAnyMoreIsDeletedButNothingElse() throws IOException {
        replace("one", FIRST, SECOND);
        Path foreign = Files.writeString(folder.resolve("sources/a/Foreign.java"), "class Foreign {}\n");
        assertThat(replace("two", FIRST)).isEqualTo(1);
        assertThat(folder.resolve("sources/a/Second.java")).doesNotExist();
        assertThat(folder.resolve("sources/a/First.java")).exists();
        assertThat(foreign).exists();
    }
}
