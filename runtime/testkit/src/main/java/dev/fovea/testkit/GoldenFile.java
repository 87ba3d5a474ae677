package dev.fovea.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/**
 * A file that holds what a test expects, as text. With {@code -Dgolden.update=true} the file is written instead of
 * compared, for a person to look at the difference before committing it.
 */
public final class GoldenFile {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private final Path path;

    private GoldenFile(Path path) {
        this.path = path;
    }

    /**
     * A file beside a test's resources: {@code src/test/resources/PACKAGE/NAME}.
     *
     * @param name may hold slashes: {@code diagnostics/CNN0301.txt}
     */
    public static GoldenFile of(Class<?> test, String name) {
        String folder = test.getPackageName().replace('.', '/');
        return at("src/test/resources/" + folder + "/" + name);
    }

    /** A file at a path relative to the module's folder. */
    public static GoldenFile at(String path) {
        return new GoldenFile(Path.of(System.getProperty("basedir", "")).resolve(path));
    }

    /**
     * Asserts that the file holds this text, or writes it. Line ends of the file are taken as LF.
     *
     * @throws UncheckedIOException when the file cannot be read or written
     */
    public void check(String actual) {
        try {
            if (UPDATE) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, actual);
                return;
            }
            Assertions.assertThat(path)
                    .as("golden file; -Dgolden.update=true writes it")
                    .exists();
            String expected = Files.readString(path).replace("\r\n", "\n");
            Assertions.assertThat(actual)
                    .as("%s; -Dgolden.update=true rewrites it", path)
                    .isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + path, e);
        }
    }

    /**
     * The text of the file, for tests whose input lies beside the expected output.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    public String text() {
        try {
            return Files.readString(path).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + path, e);
        }
    }
}
