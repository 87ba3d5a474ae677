package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {
    private static final String KEY = ProgramCache.key("source", "options", "device");
    private static final byte[] PROGRAM = {1, 2, 3, 4, 5};

    @TempDir
    Path folder;

    private ProgramCache cache() {
        return new ProgramCache(CacheFolder.prepared(folder));
    }

    @Test
    void givesBackWhatWasStored() {
        cache().store(KEY, PROGRAM);
        assertThat(cache().find(KEY))
                .hasValueSatisfying(found -> assertThat(found).isEqualTo(PROGRAM));
        assertThat(cache().find(ProgramCache.key("another"))).isEmpty();
    }

    @Test
    void keysTellPartsApart() {
        assertThat(Stream.of(
                                ProgramCache.key("ab", "c"),
                                ProgramCache.key("a", "bc"),
                                ProgramCache.key("abc"),
                                ProgramCache.key("abc", ""))
                        .distinct())
                .hasSize(4);
    }

    @Test
    void takesNoDamagedEntry() throws IOException {
        cache().store(KEY, PROGRAM);
        Path file = onlyFile();
        byte[] sound = Files.readAllBytes(file);
        for (int i = 0; i < sound.length; i++) {
            byte[] damaged = sound.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertThat(cache().find(KEY)).as("byte %d changed", i).isEmpty();
        }
        for (int length = 0; length < sound.length; length++) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThat(cache().find(KEY)).as("cut to %d bytes", length).isEmpty();
        }
    }

    @Test
    void takesNoEntryOfAnotherProgram() throws IOException {
        String other = ProgramCache.key("other");
        cache().store(other, PROGRAM);
        Files.move(onlyFile(), folder.resolve(KEY + ".clbin"));
        assertThat(cache().find(KEY)).isEmpty();
    }

    @Test
    void leavesNoPartBehind() throws IOException {
        cache().store(KEY, PROGRAM);
        cache().store(KEY, new byte[] {9});
        assertThat(cache().find(KEY))
                .hasValueSatisfying(found -> assertThat(found).containsExactly(9));
        assertThat(files()).hasSize(1);
        cache().drop(KEY);
        assertThat(files()).isEmpty();
    }

    @Test
    void doesWithoutAFolder() {
        ProgramCache none = new ProgramCache(Optional.empty());
        none.store(KEY, PROGRAM);
        none.drop(KEY);
        assertThat(none.find(KEY)).isEmpty();
    }

    @Test
    void doesWithoutAFolderThatIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(CacheFolder.prepared(file.resolve("below"))).isEmpty();
    }

    @Test
    void usesNoFolderThatOthersMayWriteTo() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(CacheFolder.prepared(open)).isEmpty();
    }

    @Test
    void makesItsFolderForTheUserAlone() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path made = folder.resolve("a").resolve("b");
        assertThat(CacheFolder.prepared(made)).contains(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    private Path onlyFile() throws IOException {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
