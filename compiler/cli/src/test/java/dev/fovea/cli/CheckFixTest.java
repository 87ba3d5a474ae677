package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fovea check --fix}: what is certain is mended, whole files only, and the rest is said. */
class CheckFixTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("net.cnn"), text);
    }

    private static String shown(Path file) {
        return file.toString().replace('\\', '/');
    }

    @Test
    void appliesWhatIsCertainAndChecksAgain() throws IOException {
        Path file = file("""
                modle Net {
                  input image: [3, 32, 32];
                  let a = image -> cnov(8, kernal=3, padding="sam", bais=false) -> BatchNorm2d -> ReLU()
                  @alow(unread_rows)
                  let b = a - > maxpol(3) -> conv(16 kernel=3, padding=same)
                  output logits = b -> flatten -> dnse(10) :: [10]
                }
                """);
        Call call = Call.of("check", "--fix", file);
        assertThat(file).hasContent("""
                model Net {
                  input image: [3, 32, 32]
                  let a = image -> conv(8, kernel=3, padding="same", bias=false) -> batchnorm -> relu()
                  @allow(unread_rows)
                  let b = a -> maxpool(3) -> conv(16, kernel=3, padding="same")
                  output logits = b -> flatten -> dense(10) :: [10]
                }
                """);
        assertThat(call.status()).isZero();
        assertThat(call.err()).isEqualTo("no faults in 1 file\n");
        assertThat(call.out())
                .contains("fixed " + shown(file) + ":1:1 [CNN0101]: `modle` is now `model`\n")
                .contains("fixed " + shown(file) + ":2:27 [CNN0002]: `;` taken out\n")
                .contains("[CNN0106]: `,` put in\n");
    }

    @Test
    void leavesAloneWhatIsNotCertain() throws IOException {
        String text = """
                model Net {
                  input image: [3, 32, 32]
                  let conv_a = image -> conv(8, kernel=40)
                  let x1 = image -> relu
                  output y = add(x2, x1) -> lrm
                }
                """;
        Path file = file(text);
        Call call = Call.of("check", "--fix", file);
        assertThat(call.status()).isEqualTo(1);
        assertThat(file).hasContent(text);
        assertThat(call.out())
                .doesNotContain("fixed ")
                .contains("CNN0301", "did you mean `x1`?", "did you mean `lrn`?");
    }

    /** {@code conv(3, 64, 3)} would be another layer than {@code Conv2d(3, 64, 3)}, and pass. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Conv2d(3, 64, 3); conv",
                "conv2d(64, 3); conv",
                "Linear(784, 10); dense",
                "batch_norm(8); batchnorm",
                "MaxPool2d(kernel_size=2); maxpool",
                "LeakyReLU(0.3); leaky_relu"
            })
    void aCallOfAnotherFrameworkIsHelpedNotMended(String stage, String ours) throws IOException {
        String text = "model Net {\n  input image: [3, 32, 32]\n  output y = image -> " + stage + "\n}\n";
        Path file = file(text);
        Call call = Call.of("check", "--fix", file);
        assertThat(call.status()).isEqualTo(1);
        assertThat(file).hasContent(text);
        assertThat(call.out()).doesNotContain("fixed ").contains("did you mean `" + ours + "`?");
    }

    @Test
    void pipesOfFunctionsBecomeArrows() throws IOException {
        Path file = file(
                "model Net {\n  input image: [1, 8, 8]\n  output y = image |> relu\n    |> flatten |> fc: dense(3)\n}\n");
        assertThat(Call.of("check", "--fix", file).status()).isZero();
        assertThat(file)
                .hasContent("model Net {\n  input image: [1, 8, 8]\n  output y = image -> relu\n"
                        + "    -> flatten -> fc: dense(3)\n}\n");
    }

    @Test
    void fixesThatOverlapAreAppliedOneAtATime() throws IOException {
        Path file = file("model Net {\n  input image: [1, 8, 8]\n  output y = image -> relu;;\n}\n");
        assertThat(Call.of("check", "--fix", file).status()).isEqualTo(1);
        file("const A = 1 == 1 && ! true || false\n");
        Call call = Call.of("check", "--fix", file);
        assertThat(call.status()).isZero();
        assertThat(file).hasContent("const A = 1 == 1 and not true or false\n");
    }

    @Test
    void keepsMarkLineEndsPermissionsAndLinks() throws IOException {
        Path file = file("\uFEFFmodle Net {\r\n  input image: [1, 8, 8]\r\n  output y = image -> relu\r\n}\r\n");
        boolean posix = Files.getFileStore(file).supportsFileAttributeView("posix");
        if (posix) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        }
        Path link = Files.createSymbolicLink(folder.resolve("link.cnn"), file);
        assertThat(Call.of("check", "--fix", link).status()).isZero();
        assertThat(Files.readString(file))
                .isEqualTo("\uFEFFmodel Net {\r\n  input image: [1, 8, 8]\r\n  output y = image -> relu\r\n}\r\n");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        if (posix) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)))
                    .isEqualTo("rw-r-----");
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactlyInAnyOrder(file, link);
        }
    }

    @Test
    void aFileThatIsNotUtf8IsLeftAlone() throws IOException {
        byte[] bytes = "// na\u00EFve\nmodle Net { }\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("net.cnn"), bytes);
        assertThat(Call.of("check", "--fix", file).status()).isEqualTo(1);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void importedFilesAreLeftAlone() throws IOException {
        String part = "package part\n\nblock Twice(x) {\n  return x -> rleu -> sigmoid;\n}\n";
        Path imported = Files.writeString(folder.resolve("part.cnn"), part);
        Path file =
                file("import part.Twice\n\nmodel Net {\n  input image: [1, 8, 8]\n  output y = image -> Twice\n}\n");
        assertThat(Call.of("check", "--fix", file).status()).isEqualTo(1);
        assertThat(imported).hasContent(part);
        assertThat(Call.of("check", "--fix", file, imported).status()).isZero();
        assertThat(Files.readString(imported)).contains("x -> relu -> sigmoid\n");
    }

    @Test
    void fixesAreDataInJson() throws IOException {
        Path file = file("modle Net {\n  input image: [1, 8, 8]\n  output y = image -> conv(8, kernel=9)\n}\n");
        Call asked = Call.of("check", "--format", "json", file);
        assertThat(asked.out()).contains("\"replacement\": \"model\"").doesNotContain("\"fixed\"");
        Call call = Call.of("check", "--fix", "--format", "json", file);
        assertThat(call.status()).isEqualTo(1);
        assertThat(List.of(call.out().split("\n")))
                .containsSubsequence(
                        "      \"code\": \"CNN0301\",",
                        "  \"fixed\": [",
                        "      \"code\": \"CNN0101\",",
                        "      \"line\": 1,",
                        "      \"column\": 1,",
                        "      \"end_line\": 1,",
                        "      \"end_column\": 6,",
                        "      \"replacement\": \"model\",");
        assertThat(Call.of("check", "--fix", "--format", "json", file).out()).contains("\"fixed\": []");
    }
}
