package dev.fovea.compiler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.compiler.CheckResult;
import dev.fovea.compiler.Checks;
import dev.fovea.compiler.Compiler;
import dev.fovea.compiler.diagnostics.TextRenderer;
import dev.fovea.compiler.resolve.Library.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportsTest {
    private static final String UNITS =
            "package lib.units\n/// One.\nblock Unit(x, n: int = 8) { return x -> conv(n, kernel=1) }\nconst WIDE = 16\n";

    @Test
    void takesEveryForm() {
        for (String form : List.of(
                "import lib.units.Unit\nimport lib.units.WIDE",
                "import lib.units.{Unit, WIDE}",
                "import lib.units.*",
                "import lib.units.{Thing as Unit, WIDE}")) {
            String library = form.contains("Thing") ? UNITS.replace("block Unit", "block Thing") : UNITS;
            CheckResult result = Checks.check(
                    "net.cnn",
                    form + "\nmodel Net { input x: [1, 8, 8] output y = x -> Unit(WIDE) }",
                    Library.of(Map.of("lib.units", library)),
                    Map.of());
            assertThat(rendered(result)).as(form).isEmpty();
            assertThat(result.models().get(0).output("y")).isPresent();
        }
    }

    @Test
    void aNameOfTheFileGoesBeforeOneOfAStar() {
        CheckResult result = Checks.check(
                "net.cnn",
                "import lib.units.*\nconst WIDE = 3\nmodel Net { input x: [1, 8, 8] output y = x -> Unit(WIDE) }",
                Library.of(Map.of("lib.units", UNITS)),
                Map.of());
        assertThat(rendered(result)).isEmpty();
        assertThat(result.models().get(0).nodes().get(1).shape().channels()).isEqualTo(3);
    }

    @Test
    void filesGivenTogetherSeeEachOther() {
        StoredFile units = new StoredFile("units.cnn", UNITS.getBytes(StandardCharsets.UTF_8));
        StoredFile net = new StoredFile(
                "net.cnn",
                "import lib.units.Unit\nmodel Net { input x: [1, 8, 8] output y = x -> Unit }"
                        .getBytes(StandardCharsets.UTF_8));
        CheckResult result = Compiler.with(Library.EMPTY).check(List.of(net, units), Map.of());
        assertThat(rendered(result)).isEmpty();
        assertThat(result.models()).hasSize(1);
    }

    @Test
    void aModelOfAnotherFileCanBeTrained() {
        String library = "package lib.nets\nmodel Small(classes: int = 10) {"
                + " input image: [1, 8, 8] output logits = image -> flatten -> dense(classes) }";
        CheckResult result = Checks.check(
                "mine.cnn",
                "package mine\nimport lib.nets.Small\ntrain Small { target label: class(classes)"
                        + " loss cross_entropy(logits, label) optimizer sgd(lr=0.1) }",
                Library.of(Map.of("lib.nets", library)),
                Map.of());
        assertThat(rendered(result)).isEmpty();
        assertThat(result.models()).hasSize(1);
        assertThat(result.models().get(0).qualifiedName()).isEqualTo("mine.Small");
        assertThat(result.models().get(0).recipes()).hasSize(1);
    }

    @Test
    void aFaultOfAnImportedFileIsShownThere() {
        CheckResult result = Checks.check(
                "net.cnn",
                "import lib.units.Unit\nmodel Net { input x: [1, 8, 8] output y = x -> Unit }",
                Library.of(Map.of("lib.units", UNITS.replace("kernel=1", "kernel=9"))),
                Map.of());
        assertThat(result.diagnostics()).hasSize(1);
        assertThat(result.diagnostics().get(0).toString())
                .isEqualTo("lib/units.cnn:3:41: error[CNN0301]: the kernel does not fit the input");
        assertThat(rendered(result)).contains("= input: [1, 8, 8], from `x` on line 2 of net.cnn");
    }

    @Test
    void aFaultOfSyntaxHidesNothingElse() {
        CheckResult result = Checks.check("net.cnn", """
                import lib.units.Unit
                block Broken(x { return x }
                model Net { input x: [1, 8, 8] output y = x -> Broken -> Unit -> conv(9, kernel=0) }
                """, Library.of(Map.of("lib.units", UNITS)), Map.of());
        assertThat(result.diagnostics()).noneMatch(one -> one.code().id().equals("CNN0200"));
        assertThat(result.diagnostics()).anyMatch(one -> one.code().id().equals("CNN0260"));
    }

    @Test
    void findsFilesInFoldersAndJars(@TempDir Path folder) throws IOException {
        Path source = folder.resolve("src/lib/units.cnn");
        Files.createDirectories(source.getParent());
        Files.writeString(source, UNITS);
        Path jar = folder.resolve("units.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/cnn/lib/units.cnn"));
            zip.write(UNITS.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        for (Path root : List.of(folder.resolve("src"), jar)) {
            Library library = SourceRoots.of(List.of(root));
            assertThat(library.find("lib.units")).isPresent();
            assertThat(library.find("lib.unit")).isEmpty();
            assertThat(library.siblings("lib.unit")).containsExactly("lib.units");
            assertThat(library.siblings("other.unit")).isEmpty();
        }
    }

    @Test
    void aFileImpliesItsRoot(@TempDir Path folder) throws IOException {
        List<String> layouts = List.of("vision/nets.cnn=vision.nets", "vision/nets/small.cnn=vision.nets", "net.cnn=");
        for (String layout : layouts) {
            Path file = folder.resolve(layout.substring(0, layout.indexOf('=')));
            String packageName = layout.substring(layout.indexOf('=') + 1);
            assertThat(SourceRoots.impliedBy(file, packageName)).isEqualTo(folder);
        }
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/units.cnn"), UNITS);
        Path net = folder.resolve("net.cnn");
        Files.writeString(net, "import lib.units.Unit\nmodel Net { input x: [1, 8, 8] output y = x -> Unit }");
        CheckResult result = Compiler.with(Library.EMPTY).checkPaths(List.of(net), Map.of());
        assertThat(rendered(result)).isEmpty();
        assertThat(result.models()).hasSize(1);
    }

    @Test
    void aFileThatIsNotThereIsADiagnostic(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("somewhere.cnn"), UNITS);
        List<Path> files = new ArrayList<>(List.of(folder, folder.resolve("nowhere.cnn")));
        CheckResult result = Compiler.with(Library.EMPTY).checkPaths(files, Map.of());
        assertThat(result.hasErrors()).isTrue();
        assertThat(result.diagnostics()).extracting(one -> one.code().id()).containsExactly("CNN0010", "CNN0010");
        assertThat(result.diagnostics())
                .extracting(one -> one.label())
                .containsExactly("is a folder", "there is no such file");
        assertThat(result.diagnostics().get(0).help())
                .containsExactly("name its files: " + folder.resolve("somewhere.cnn"));
        result = Compiler.with(Library.EMPTY).checkPaths(List.of(folder.resolve("somewhre.cnn")), Map.of());
        assertThat(result.diagnostics().get(0).help()).containsExactly("did you mean `somewhere.cnn`?");
    }

    private static String rendered(CheckResult result) {
        return TextRenderer.plain().render(result.diagnostics());
    }
}
