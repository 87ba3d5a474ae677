package dev.fovea.runtime.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.runtime.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvWriterTest {
    @TempDir
    Path folder;

    @Test
    void rowsAreThereAtOnceWhateverTheLocale() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try (CsvWriter table = CsvWriter.create(folder.resolve("run/metrics.csv"), List.of("epoch", "loss", "note"))) {
            table.row(List.of(1, 0.25, ""));
            assertThat(folder.resolve("run/metrics.csv")).hasContent("epoch,loss,note\n1,0.25,\n");
            table.row(List.of("", 1e-9f, "a \"b\", c"));
        } finally {
            Locale.setDefault(before);
        }
        assertThat(Files.readString(folder.resolve("run/metrics.csv")))
                .isEqualTo("epoch,loss,note\n1,0.25,\n,1.0E-9,\"a \"\"b\"\", c\"\n");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() throws Exception {
        try (CsvWriter table = CsvWriter.create(folder.resolve("metrics.csv"), List.of("epoch", "loss"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> table.row(List.of(1)));
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsAFaultOfTheInput() throws Exception {
        Files.writeString(folder.resolve("run"), "");
        assertThatThrownBy(() -> CsvWriter.create(folder.resolve("run/metrics.csv"), List.of("epoch")))
                .isInstanceOf(InputException.class);
    }
}
