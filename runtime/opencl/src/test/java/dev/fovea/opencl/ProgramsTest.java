package dev.fovea.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.kernels.DeviceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresOpenCl
class ProgramsTest {
    private static final Defines DEFINES = new Defines().with("VECTOR", 4).with("ITEMS", 1);

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        Programs.forget();
    }

    /** Compilations that asking for a kernel costs. */
    private long compilations() {
        long before = Programs.compilations();
        try (ClContext context = new ClContext(TestDevice.first());
                Programs programs = new Programs(context, new ProgramCache(CacheFolder.prepared(folder)))) {
            programs.kernel("memory.cl", DEFINES, "scale").close();
            programs.kernel("memory.cl", DEFINES, "blend").close();
        }
        return Programs.compilations() - before;
    }

    @Test
    void areCompiledOnceAProcess() throws IOException {
        assertThat(compilations()).isEqualTo(1);
        delete();
        assertThat(compilations()).isZero();
    }

    @Test
    void areCompiledOnceForAllProcesses() {
        assertThat(compilations()).isEqualTo(1);
        Programs.forget();
        assertThat(compilations()).isZero();
    }

    @Test
    void areCompiledAgainWhenTheEntryIsDamaged() throws IOException {
        assertThat(compilations()).isEqualTo(1);
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            content[content.length / 2] ^= 1;
            Files.write(file, content);
        }
        Programs.forget();
        assertThat(compilations()).isEqualTo(1);
        Programs.forget();
        assertThat(compilations()).as("the entry was mended").isZero();
    }

    @Test
    void areCompiledAgainWhenTheDriverRefusesTheEntry() {
        assertThat(compilations()).isEqualTo(1);
        String key = ProgramCache.key(
                TestDevice.first().compilerIdentity(),
                ProgramSource.of("memory.cl").text(),
                ClProgram.options(DEFINES));
        ProgramCache cache = new ProgramCache(CacheFolder.prepared(folder));
        assertThat(cache.find(key)).isPresent();
        cache.store(key, "no program at all".getBytes(StandardCharsets.UTF_8));
        Programs.forget();
        assertThat(compilations()).isEqualTo(1);
    }

    @Test
    void sayWhatTheCompilerSaid() {
        Defines defines = new Defines().with("WIDTH", 28).with("SLOPE", 0.5f).with("ITEMS", 1);
        try (ClContext context = new ClContext(TestDevice.first());
                Programs programs = new Programs(context, new ProgramCache(CacheFolder.prepared(folder)))) {
            assertThatThrownBy(() -> programs.kernel("broken.cl", defines, "broken"))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining(TestDevice.first().label() + " could not compile broken.cl")
                    .hasMessageContaining("-D ITEMS=1 -D SLOPE=(0x1.0p-1f) -D WIDTH=28")
                    .hasMessageContaining(TestDevice.first().driver())
                    .hasMessageContaining("undeclared_name");
        }
        assertThat(ClHandle.open()).doesNotContainKey("ClProgram");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private void delete() throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
    }
}
