package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.resolve.Library;
import dev.fovea.compiler.resolve.ReadSources.Noting;
import dev.fovea.compiler.resolve.SourceRoots;
import dev.fovea.runtime.model.CompiledModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is found again by the same call only, and only while all that it was made of is as it was. */
class KeptModelTest {
    private static final String MODEL = """
            package nets.small
            import nets.parts.{Head}

            model Small(width: int = 4) {
              input image: [1, 4, 4]
              output logits = image -> flatten -> dense(width) -> Head(3)
            }
            """;
    private static final String PARTS = """
            package nets.parts

            block Head(x, classes: int) {
              return x -> relu -> dense(classes)
            }
            """;

    @TempDir
    private Path folder;

    private Path file;
    private Path jar;
    private SourceOptions sources;

    @BeforeEach
    void write() throws IOException {
        file = write("nets/small.cnn", MODEL);
        write("nets/parts.cnn", PARTS);
        jar = folder.resolve("fovea.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("something"));
        }
        sources = asking(List.of(), Map.of());
    }

    private Path write(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private static SourceOptions asking(List<Path> roots, Map<String, String> parameters) {
        SourceOptions asked = new SourceOptions();
        asked.set(roots, parameters);
        return asked;
    }

    private KeptModel call(String model, SourceOptions asked) {
        ClassCache cache = new ClassCache(folder.resolve("cache"));
        return KeptModel.of(file, model, asked, Optional.of(cache), List.of(jar))
                .orElseThrow();
    }

    private Optional<LoadedModel> find() {
        return call("", sources).find();
    }

    private LoadedModel keep() throws Exception {
        CheckResult result = Compiler.with(sources.library()).checkPaths(List.of(file), Map.of());
        assertThat(result.diagnostics()).isEmpty();
        LoadedModel loaded = LoadedModel.of(result.models().get(0));
        call("", sources).keep(loaded, result.sources());
        return loaded;
    }

    @Test
    void theSameCallFindsIt() throws Exception {
        assertThat(find()).isEmpty();
        LoadedModel kept = keep();
        LoadedModel found = find().orElseThrow();
        assertThat(found.type()).isNotSameAs(kept.type());
        assertThat(found.type().getName()).isEqualTo(kept.type().getName());
        assertThat(found.spec().name()).isEqualTo("Small");
        assertThat(found.spec().parameters()).isEqualTo(kept.spec().parameters());
        try (CompiledModel model = found.builder().batch(1).device("cpu").build()) {
            assertThat(model.spec()).isSameAs(found.spec());
        }
    }

    @Test
    void anotherCallDoesNot() throws Exception {
        keep();
        assertThat(call("Small", sources).find()).isEmpty();
        assertThat(call("", asking(List.of(), Map.of("width", "5"))).find()).isEmpty();
        assertThat(call("", asking(List.of(folder), Map.of())).find()).isEmpty();
        assertThat(find()).isPresent();
    }

    @Test
    void anotherFileDoesNot() throws Exception {
        keep();
        write("nets/small.cnn", MODEL.replace("int = 4", "int = 5"));
        assertThat(find()).isEmpty();
        write("nets/small.cnn", MODEL);
        assertThat(find()).isPresent();
    }

    /** What counts is what the check read, not what is in the file when its result is kept. */
    @Test
    void aFileThatChangesWhileItIsCheckedIsNotTakenForWhatItWas() throws Exception {
        CheckResult result = Compiler.with(sources.library()).checkPaths(List.of(file), Map.of());
        write("nets/small.cnn", MODEL.replace("int = 4", "int = 5"));
        call("", sources).keep(LoadedModel.of(result.models().get(0)), result.sources());
        assertThat(find()).isEmpty();
    }

    /** Where what is allowed may not be needed, imports are read twice. */
    @Test
    void norIsAnImportThatChangesBetweenTwoReadings() throws Exception {
        Noting noting = new Noting(sources.library(), List.of(), List.of(folder));
        Path imported = write("nets/other.cnn", "package nets.other");
        Noting looked = new Noting(SourceRoots.of(List.of(folder)), List.of(), List.of(folder));
        assertThat(looked.find("nets.other")).isPresent();
        assertThat(looked.sources().hold(Library.EMPTY)).isTrue();
        Files.writeString(imported, "package nets.other // changed");
        assertThat(looked.find("nets.other")).isPresent();
        assertThat(looked.sources().hold(Library.EMPTY)).isFalse();
        assertThat(noting.find("nets.nowhere")).isEmpty();
        assertThat(noting.sources().hold(sources.library())).isTrue();
        write("nets/nowhere.cnn", "package nets.nowhere");
        assertThat(noting.sources().hold(sources.library())).isFalse();
    }

    @Test
    void norAnotherFileThatItImports() throws Exception {
        keep();
        write("nets/parts.cnn", PARTS.replace("relu", "tanh"));
        assertThat(find()).isEmpty();
        Files.delete(folder.resolve("nets/parts.cnn"));
        assertThat(find()).isEmpty();
        write("nets/parts.cnn", PARTS);
        assertThat(find()).isPresent();
    }

    /** A file that is found first hides the one that was imported. */
    @Test
    void norOneThatWouldNowBeFoundFirst() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        sources = asking(List.of(root), Map.of());
        keep();
        assertThat(find()).isPresent();
        write("root/nets/parts.cnn", PARTS);
        assertThat(find()).isEmpty();
    }

    @Test
    void norAnotherFovea() throws Exception {
        keep();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(1000)));
        assertThat(find()).isEmpty();
    }

    @Test
    void nothingIsKeptOfWhatIsNoFileOrWithoutJars() throws Exception {
        Optional<ClassCache> cache = Optional.of(new ClassCache(folder.resolve("cache")));
        assertThat(KeptModel.of(folder.resolve("no.cnn"), "", sources, cache, List.of(jar)))
                .isEmpty();
        assertThat(KeptModel.of(folder, "", sources, cache, List.of(jar))).isEmpty();
        assertThat(KeptModel.of(file, "", sources, cache, List.of(folder))).isEmpty();
        assertThat(KeptModel.of(file, "", sources, Optional.empty(), List.of(jar)))
                .isEmpty();
    }
}
