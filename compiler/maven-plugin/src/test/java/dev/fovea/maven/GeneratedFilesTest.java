package dev.fovea.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.emit.GeneratedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
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

    @Test
    void freshOnlyForTheSourcesTheyWereMadeFrom() throws IOException {
        assertThat(files.isFresh("one")).isFalse();
        assertThat(files.replace("one", List.of(FIRST))).isEqualTo(1);
        assertThat(files.isFresh("one")).isTrue();
        assertThat(files.isFresh("two")).isFalse();
    }

    @Test
    void aFileThatWasChangedOrDeletedIsNotFresh() throws IOException {
        files.replace("one", List.of(FIRST, SECOND));
        Files.writeString(folder.resolve("sources/a/First.java"), "class Other {}\n");
        assertThat(files.isFresh("one")).isFalse();
        files.replace("one", List.of(FIRST, SECOND));
        assertThat(files.isFresh("one")).isTrue();
        Files.delete(folder.resolve("sources/a/Second.java"));
        assertThat(files.isFresh("one")).isFalse();
    }

    @Test
    void whatStaysTheSameIsNotTouched() throws IOException {
        files.replace("one", List.of(FIRST, SECOND));
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(folder.resolve("sources/a/First.java"), longAgo);
        GeneratedSource changed = new GeneratedSource("a.Second", "a/Second.java", "class Second { int x; }\n");
        assertThat(files.replace("two", List.of(FIRST, changed))).isEqualTo(1);
        assertThat(Files.getLastModifiedTime(folder.resolve("sources/a/First.java")))
                .isEqualTo(longAgo);
    }

    @Test
    void whatHasNoSourceAnyMoreIsDeletedButNothingElse() throws IOException {
        files.replace("one", List.of(FIRST, SECOND));
        Path foreign = Files.writeString(folder.resolve("sources/a/Foreign.java"), "class Foreign {}\n");
        assertThat(files.replace("two", List.of(FIRST))).isEqualTo(1);
        assertThat(folder.resolve("sources/a/Second.java")).doesNotExist();
        assertThat(folder.resolve("sources/a/First.java")).exists();
        assertThat(foreign).exists();
    }
}
