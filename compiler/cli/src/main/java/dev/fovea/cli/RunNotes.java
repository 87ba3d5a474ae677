package dev.fovea.cli;

import dev.fovea.runtime.InputException;
import dev.fovea.runtime.io.AtomicFile;
import dev.fovea.runtime.train.TrainingListener;
import dev.fovea.runtime.train.TrainingOutline;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a run was called with, in its folder as {@code run.properties}, for those who look at the run later.
 *
 * @param file the model's
 * @param model its name
 * @param recipe its name; empty for the unnamed one
 * @param data the folder
 * @param roots further folders of sources
 * @param parameters values given for the model's parameters
 */
record RunNotes(Path file, String model, String recipe, Path data, List<Path> roots, Map<String, String> parameters) {
    private static final String NAME = "run.properties";
    private static final String ROOT = "source-root.";
    private static final String PARAMETER = "parameter.";

    /** Copies the collections. */
    RunNotes {
        roots = List.copyOf(roots);
        parameters = Map.copyOf(parameters);
    }

    /**
     * Writes them; paths are made absolute.
     *
     * @throws InputException where the folder cannot be written
     */
    void write(Path run) throws InputException {
        Properties all = new Properties();
        all.setProperty("file", file.toAbsolutePath().toString());
        all.setProperty("model", model);
        all.setProperty("recipe", recipe);
        all.setProperty("data", data.toAbsolutePath().toString());
        for (int i = 0; i < roots.size(); i++) {
            all.setProperty(ROOT + i, roots.get(i).toAbsolutePath().toString());
        }
        parameters.forEach((name, value) -> all.setProperty(PARAMETER + name, value));
        StringWriter text = new StringWriter();
        try {
            all.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be written", e);
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(run.resolve(NAME), channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /** Writes them when a run begins: not before it is known that the folder's checkpoint, if there is one, is of this run. */
    TrainingListener writing(Path run) {
        return new TrainingListener() {
            @Override
            public void begin(TrainingOutline outline) throws InputException {
                write(run);
            }
        };
    }

    /**
     * Reads them.
     *
     * @throws InputException where the folder is not that of a run
     */
    static RunNotes read(Path run) throws InputException {
        Path file = run.resolve(NAME);
        Properties all = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            all.load(in);
        } catch (IllegalArgumentException e) {
            throw InputException.of(file, "this is not what a run writes: " + e.getMessage());
        } catch (IOException e) {
            throw InputException.of(
                    file,
                    "this folder is not that of a run: " + NAME + " cannot be read",
                    "`fovea train … --out RUN` makes one");
        }
        List<Path> roots = new ArrayList<>();
        while (all.getProperty(ROOT + roots.size()) != null) {
            roots.add(Path.of(all.getProperty(ROOT + roots.size())));
        }
        Map<String, String> parameters = new TreeMap<>();
        for (String name : all.stringPropertyNames()) {
            if (name.startsWith(PARAMETER)) {
                parameters.put(name.substring(PARAMETER.length()), all.getProperty(name));
            }
        }
        return new RunNotes(
                Path.of(needed(all, "file", file)),
                needed(all, "model", file),
                needed(all, "recipe", file),
                Path.of(needed(all, "data", file)),
                roots,
                parameters);
    }

    private static String needed(Properties all, String name, Path file) throws InputException {
        String value = all.getProperty(name);
        if (value == null) {
            throw InputException.of(file, "this is not what a run writes: it does not say `" + name + "`");
        }
        return value;
    }
}
