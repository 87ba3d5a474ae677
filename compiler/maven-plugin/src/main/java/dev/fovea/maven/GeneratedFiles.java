package dev.fovea.maven;

import dev.fovea.compiler.emit.GeneratedSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folder of generated sources, and a record of what was made from what. */
final class GeneratedFiles {
    private final Path folder;
    private final Path record;

    GeneratedFiles(Path folder, Path record) {
        this.folder = folder;
        this.record = record;
    }

    /**
     * What was made the last time, where it can be relied on.
     *
     * @param environment the fingerprint of all that goes in besides the files of the project
     * @return empty where nothing was made in this environment, or the folder no longer holds it
     */
    Optional<GenerationRecord> previous(String environment) throws IOException {
        Optional<GenerationRecord> last = GenerationRecord.read(record);
        if (last.isEmpty() || !last.get().environment().equals(environment)) {
            return Optional.empty();
        }
        for (GenerationRecord.Made made : last.get().classes()) {
            Path path = folder.resolve(made.path());
            if (!Files.isRegularFile(path)
                    || !Fingerprint.of(Files.readAllBytes(path)).equals(made.fingerprint())) {
                return Optional.empty();
            }
        }
        return last;
    }

    /**
     * A generated class.
     *
     * @param source the path of the file that its model stands in
     */
    record FromFile(String source, GeneratedSource generated) {}

    /**
     * Writes the sources and deletes those of the last time that are no more. A file whose content stays is not touched, so
     * that Java's own incremental compilation leaves it alone.
     *
     * @param sources the fingerprints of the project's files, and their packages
     * @param kept classes of the last time that stay as they are
     * @return how many files were written or deleted
     */
    int replace(
            String environment,
            Map<String, GenerationRecord.Source> sources,
            List<GenerationRecord.Made> kept,
            List<FromFile> generated)
            throws IOException {
        GenerationRecord next = new GenerationRecord(environment, sources, kept);
        int changes = 0;
        for (FromFile one : generated) {
            byte[] bytes = one.generated().text().getBytes(StandardCharsets.UTF_8);
            Path path = folder.resolve(one.generated().path());
            if (!Files.isRegularFile(path) || !Arrays.equals(Files.readAllBytes(path), bytes)) {
                Files.createDirectories(path.getParent());
                Files.write(path, bytes);
                changes++;
            }
            next = next.with(new GenerationRecord.Made(
                    Fingerprint.of(bytes), one.source(), one.generated().path()));
        }
        for (GenerationRecord.Made before :
                GenerationRecord.read(record).map(GenerationRecord::classes).orElse(List.of())) {
            if (!next.holds(before.path()) && Files.deleteIfExists(folder.resolve(before.path()))) {
                changes++;
            }
        }
        next.write(record);
        return changes;
    }
}
