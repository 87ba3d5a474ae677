package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What classes are called, in a text file: a line a class, in their order, UTF-8. */
public final class ClassNames {
    /** The file's name in the folder of a run. */
    public static final String FILE = "classes.txt";

    private ClassNames() {}

    /**
     * Writes the file, whole or not at all. A line end within a name becomes a space.
     *
     * @throws InputException where it cannot be written
     */
    public static void write(Path file, List<String> names) throws InputException {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(name.replaceAll("\\R", " ")).append('\n'));
        AtomicFile.write(file, channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /**
     * Reads the file.
     *
     * @throws InputException where it cannot be read, is empty, or has an empty line among the others
     */
    public static List<String> read(Path file) throws InputException {
        List<String> names;
        try {
            names = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw InputException.from(file, "read the names of the classes", e);
        }
        int empty = names.indexOf("");
        if (names.isEmpty() || empty >= 0) {
            throw InputException.of(
                    file,
                    names.isEmpty() ? "there are no names of classes in it" : "line " + (empty + 1) + " is empty",
                    "the file has a line for each class, in their order, with its name");
        }
        return names;
    }
}
