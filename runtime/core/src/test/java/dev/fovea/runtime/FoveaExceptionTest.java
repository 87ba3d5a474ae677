package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoveaExceptionTest {
    private static final Path FILE = Path.of("run", "model.safetensors");

    @Test
    void describesMessagePlaceAndHelp() {
        InputException fault =
                InputException.at(FILE, 16, "the file ends here", "download it again", "or leave it out");
        assertThat(fault.describe())
                .isEqualTo("error: the file ends here\n  --> " + FILE
                        + ", byte 16\n  = help: download it again\n  = help: or leave it out");
        assertThat(fault.offset()).hasValue(16);
    }

    @Test
    void describesWithoutPlaceAndHelp() {
        assertThat(new FoveaException("the loss is NaN", List.of()).describe()).isEqualTo("error: the loss is NaN");
        assertThat(InputException.of(FILE, "it is empty").describe()).isEqualTo("error: it is empty\n  --> " + FILE);
    }

    @Test
    void whatTheSystemSaidIsPutInWords() {
        assertThat(InputException.from(FILE, "read the file", new NoSuchFileException("x"))
                        .message())
                .isEqualTo("cannot read the file: there is no such file");
        assertThat(InputException.from(FILE, "read the file", new AccessDeniedException("x"))
                        .message())
                .isEqualTo("cannot read the file: access is denied");
        assertThat(InputException.from(FILE, "read it", new FileSystemException("x", null, "too many links"))
                        .message())
                .isEqualTo("cannot read it: too many links");
        assertThat(InputException.from(FILE, "read it", new IOException("No space left on device"))
                        .message())
                .isEqualTo("cannot read it: No space left on device");
        assertThat(InputException.from(FILE, "read it", new IOException()).message())
                .isEqualTo("cannot read it: IOException");
    }
}
