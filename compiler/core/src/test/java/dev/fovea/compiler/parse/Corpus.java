package dev.fovea.compiler.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the grammar's module that tests of the parser read. */
public final class Corpus {

    private static final Path GRAMMAR =
            Path.of(System.getProperty("basedir", "")).resolve("../../grammar").normalize();

    private Corpus() {}

    /** Files that are free of faults of syntax. */
    public static List<Path> valid() {
        return files("src/test/resources/corpus/valid", ".cnn");
    }

    /** Files whose first lines say what is wrong with them. */
    public static List<Path> invalid() {
        return files("src/test/resources/corpus/invalid", ".cnn");
    }

    /** The pages of the language reference. */
    public static List<Path> reference() {
        return files("reference", ".md");
    }

    private static List<Path> files(String folder, String suffix) {
        try (Stream<Path> paths = Files.list(GRAMMAR.resolve(folder))) {
            return paths.filter(path -> path.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
