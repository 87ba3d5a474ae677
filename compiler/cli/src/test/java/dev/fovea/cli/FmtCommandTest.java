package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.testkit.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmtCommandTest {
    private static final Path CNN = Path.of("src/test/resources/dev/fovea/cli/cnn");

    @Test
    void filesAreWrittenOnceAndThenStay(@TempDir Path folder) throws IOException {
        Path file = Files.copy(CNN.resolve("untidy.cnn"), folder.resolve("untidy.cnn"));
        Call first = Call.of("fmt", folder);
        assertThat(first.status()).isEqualTo(ExitStatus.OK);
        assertThat(first.err()).isEqualTo("laid out " + file + "\n");
        GoldenFile.of(FmtCommandTest.class, "cnn/tidy.cnn").check(Files.readString(file));
        assertThat(Call.of("fmt", file).err()).isEmpty();
        assertThat(Call.of("fmt", "--check", file).status()).isEqualTo(ExitStatus.OK);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.toList()).isEqualTo(List.of(file));
        }
    }

    @Test
    void faultyFilesStayAsTheyAreAndOthersAreLaidOut(@TempDir Path folder) throws IOException {
        Path good = Files.copy(CNN.resolve("untidy.cnn"), folder.resolve("good.cnn"));
        Path bad = Files.copy(CNN.resolve("broken.cnn"), folder.resolve("bad.cnn"));
        assertThat(Call.of("fmt", bad, good).status()).isEqualTo(ExitStatus.INPUT);
        assertThat(bad).hasSameTextualContentAs(CNN.resolve("broken.cnn"));
        assertThat(Call.of("fmt", "--check", good).status()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void theFilesOfThisProjectAreLaidOut() throws IOException {
        for (String folder : List.of("../../examples", "../maven-plugin/src/it", "../../stdlib-models/src/main/cnn")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                Object[] words = Stream.concat(
                                Stream.of("fmt", "--check"),
                                files.filter(path -> path.toString().endsWith(".cnn")
                                                && !path.toString().contains("target"))
                                        .map(Path::toString)
                                        .sorted())
                        .toArray();
                Call check = Call.of(words);
                assertThat(check.out())
                        .as("lay them out with `fovea fmt %s`", folder)
                        .isEmpty();
            }
        }
    }
}
