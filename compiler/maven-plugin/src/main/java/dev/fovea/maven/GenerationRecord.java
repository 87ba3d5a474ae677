package dev.fovea.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was generated from what: a text file, a line a fact, its parts separated by tabs.
 *
 * @param environment the fingerprint of the compiler, its settings, and what the files may import from elsewhere
 * @param sources the files of the project by their paths
 * @param classes what was made of them
 */
record GenerationRecord(String environment, Map<String, Source> sources, List<Made> classes) {
    private static final String FORMAT = "fovea 2";

    /** Copies the collections. */
    GenerationRecord {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        classes = List.copyOf(classes);
    }

    /** A file: the fingerprint of its content, and its package; that is empty for none. */
    record Source(String fingerprint, String packageName) {}

    /**
     * A generated class.
     *
     * @param fingerprint of its content
     * @param source the path of the file that its model stands in
     * @param path of the class, below the folder of generated sources
     */
    record Made(String fingerprint, String source, String path) {
        /** {@code vision.classic.LeNet5}. */
        String className() {
            return path.substring(0, path.length() - ".java".length()).replace('/', '.');
        }
    }

    /** The same with one class more. */
    GenerationRecord with(Made made) {
        List<Made> all = new ArrayList<>(classes);
        all.add(made);
        return new GenerationRecord(environment, sources, all);
    }

    /** Whether a class has this path. */
    boolean holds(String path) {
        return classes.stream().anyMatch(made -> made.path().equals(path));
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(FORMAT, environment));
        sources.forEach((path, source) ->
                lines.add(String.join("\t", "file", source.fingerprint(), source.packageName(), path)));
        classes.forEach(made -> lines.add(String.join("\t", "class", made.fingerprint(), made.source(), made.path())));
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    /** What a file says; empty where there is none or another version has written it. */
    static Optional<GenerationRecord> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2 || !lines.get(0).equals(FORMAT)) {
            return Optional.empty();
        }
        Map<String, Source> sources = new LinkedHashMap<>();
        List<Made> classes = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            String[] parts = line.split("\t", -1);
            if (parts.length != 4) {
                return Optional.empty();
            }
            if (parts[0].equals("file")) {
                sources.put(parts[3], new Source(parts[1], parts[2]));
            } else {
                classes.add(new Made(parts[1], parts[2], parts[3]));
            }
        }
        return Optional.of(new GenerationRecord(lines.get(1), sources, classes));
    }
}
