package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.emit.GeneratedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was compiled once is found again, and only that; the folder stays small, whatever happens to it. */
class ClassCacheTest {
    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void makeJar() throws IOException {
        jar = folder.resolve("ops.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("something"));
        }
    }

    private Path cacheFolder() {
        return folder.resolve("a/cache");
    }

    private ClassCache cache() {
        return new ClassCache(cacheFolder());
    }

    private static GeneratedSource answering(int answer) {
        return new GeneratedSource(
                "kept.Net",
                "kept/Net.java",
                "package kept; public class Net { public static int answer() { return " + answer + "; } }");
    }

    private ClassKey key(int answer) {
        return ClassKey.of(List.of(answering(answer)), List.of(jar)).orElseThrow();
    }

    private static Map<String, byte[]> classes(int n) {
        return Map.of("kept.Net", new byte[] {(byte) n, 2, 3}, "kept.Net$Recipes", new byte[1000 + n]);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(cacheFolder())) {
            return all.sorted().toList();
        }
    }

    private int answer(int answer) throws Exception {
        ClassLoader loader = GeneratedClasses.of(List.of(answering(answer)), List.of(jar), Optional.of(cache()));
        return (int) loader.loadClass("kept.Net").getMethod("answer").invoke(null);
    }

    private static void same(Optional<Map<String, byte[]>> read, Map<String, byte[]> written) {
        assertThat(read).isPresent();
        assertThat(read.get().keySet()).isEqualTo(written.keySet());
        written.forEach((name, bytes) -> assertThat(read.get().get(name)).isEqualTo(bytes));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(cache().read(key(1))).isEmpty();
        cache().write(key(1), classes(1));
        cache().write(key(2), classes(2));
        same(cache().read(key(1)), classes(1));
        same(cache().read(key(2)), classes(2));
        assertThat(cache().read(key(3))).isEmpty();
        assertThat(files()).hasSize(2);
    }

    @Test
    void aClassIsCompiledOnce() throws Exception {
        assertThat(answer(42)).isEqualTo(42);
        assertThat(files()).hasSize(1);
        // Other classes in its place show that it is taken, and not compiled.
        cache().write(key(42), InMemoryCompiler.compile(List.of(answering(43)), List.of(jar)));
        assertThat(answer(42)).isEqualTo(43);
        assertThat(answer(7)).isEqualTo(7);
    }

    @Test
    void damagedAndForeignFilesAreCompiledAnew() throws Exception {
        assertThat(answer(42)).isEqualTo(42);
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        List<byte[]> contents = new ArrayList<>(List.of(new byte[0], new byte[10], new byte[whole.length]));
        contents.add(Arrays.copyOf(whole, whole.length - 1));
        for (int at : new int[] {0, 31, 32, 40, whole.length - 1}) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            contents.add(changed);
        }
        answer(43);
        Path other =
                files().stream().filter(one -> !one.equals(file)).findFirst().orElseThrow();
        contents.add(Files.readAllBytes(other));
        for (byte[] content : contents) {
            Files.write(file, content);
            assertThat(cache().read(key(42))).isEmpty();
            assertThat(answer(42)).isEqualTo(42);
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void otherJarsAreAnotherKey() throws IOException {
        String before = key(1).hex();
        assertThat(key(1).hex()).isEqualTo(before);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(100)));
        String touched = key(1).hex();
        Path copy = Files.copy(jar, folder.resolve("copy.jar"));
        String copied =
                ClassKey.of(List.of(answering(1)), List.of(copy)).orElseThrow().hex();
        assertThat(List.of(before, touched, copied, key(2).hex())).doesNotHaveDuplicates();
        assertThat(ClassKey.of(List.of(answering(1)), List.of(folder))).isEmpty();
        assertThat(ClassKey.of(List.of(answering(1)), List.of(folder.resolve("no.jar"))))
                .isEmpty();
    }

    @Test
    void theOnesNotUsedForLongestGo() throws IOException {
        Instant start = Instant.now().minusSeconds(10_000);
        for (int i = 0; i < ClassCache.FILES; i++) {
            cache().write(key(i), classes(i));
            Path file = cacheFolder().resolve("generated-" + key(i).hex() + ".classes");
            Files.setLastModifiedTime(file, FileTime.from(start.plusSeconds(i)));
        }
        Path forsaken = Files.createFile(cacheFolder().resolve("generated-1.tmp"));
        Files.setLastModifiedTime(forsaken, FileTime.from(start));
        Path unfinished = Files.createFile(cacheFolder().resolve("generated-2.tmp"));
        Path archive = Files.createFile(cacheFolder().resolve("classes-1-2.jsa"));
        Files.setLastModifiedTime(archive, FileTime.from(start));
        same(cache().read(key(0)), classes(0)); // used just now
        cache().write(key(1000), classes(100));
        cache().write(key(1001), classes(101));
        assertThat(files())
                .hasSize(ClassCache.FILES + 2)
                .contains(unfinished, archive)
                .doesNotContain(forsaken);
        same(cache().read(key(0)), classes(0));
        assertThat(cache().read(key(1))).isEmpty();
        assertThat(cache().read(key(2))).isEmpty();
        same(cache().read(key(3)), classes(3));
    }

    @Test
    void aFolderThatCannotBeMadeIsDoneWithout() throws Exception {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(cacheFolder(), "a file");
        assertThat(answer(42)).isEqualTo(42);
        assertThat(answer(42)).isEqualTo(42);
        assertThat(cacheFolder()).hasContent("a file");
    }

    @Test
    void severalMayReadAndWriteAtOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int offset = thread;
                all.add(pool.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        int n = (offset * 31 + i) % 7;
                        cache().write(key(n), classes(n));
                        same(cache().read(key(n)), classes(n));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(files()).hasSize(7);
    }
}
