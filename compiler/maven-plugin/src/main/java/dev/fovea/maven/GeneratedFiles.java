package dev.fovea.maven;

import dev.fovea.compiler.emit.GeneratedSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder of generated sources, and a record of what was made from what. The record is a text file: the fingerprint of
 * all that went in, then a line a file with the fingerprint of its content.
 */
final class GeneratedFiles {
    private final Path folder;
    private final Path record;

    GeneratedFiles(Path folder, Path record) {
        this.folder = folder;
        this.record = record;
    }

    /** Whether the folder still holds what was made from sources of this fingerprint. */
    boolean isFresh(String sources) throws IOException {
        if (!Files.isRegularFile(record)) {
            return false;
        }
        List<String> lines = Files.readAllLines(record);
        if (lines.isEmpty() || !lines.get(0).equals(sources)) {
            return false;
        }
        for (Map.Entry<String, String> file : recorded().entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.isRegularFile(path)
                    || !Fingerprint.of(Files.readAllBytes(path)).equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes the sources and deletes those of the last time that are no more. A file whose content stays is not touched, so
     * that Java's own incremental compilation leaves it alone.
     *
     * @return how many files were written or deleted
     */
    int replace(String sources, List<GeneratedSource> generated) throws IOException {
        Map<String, String> before = recorded();
        List<String> lines = new ArrayList<>(List.of(sources));
        int changes = 0;
        for (GeneratedSource source : generated) {
            byte[] bytes = source.text().getBytes(StandardCharsets.UTF_8);
            Path path = folder.resolve(source.path());
            if (!Files.isRegularFile(path) || !Arrays.equals(Files.readAllBytes(path), bytes)) {
                Files.createDirectories(path.getParent());
                Files.write(path, bytes);
                changes++;
            }
            before.remove(source.path());
            lines.add(Fingerprint.of(bytes) + " " + source.path());
        }
        for (String stale : before.keySet()) {
            if (Files.deleteIfExists(folder.resolve(stale))) {
                changes++;
            }
        }
        Files.createDirectories(record.getParent());
        Files.write(record, lines);
        return changes;
    }

    /** The files of the last time: path below the folder, fingerprint. */
    private Map<String, String> recorded() throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.isRegularFile(record)) {
            for (String line : Files.readAllLines(record).stream().skip(1).toList()) {
                int space = line.indexOf(' ');
                files.put(line.substring(space + 1), line.substring(0, space));
            }
        }
        return files;
    }
}
