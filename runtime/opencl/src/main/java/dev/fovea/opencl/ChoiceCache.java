package dev.fovea.opencl;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Choices that were measured before, a small file each beside the compiled programs. The first that is kept stays: of two
 * processes that measure at once, both go by the one that was done first. Deleting the files makes it be measured again.
 */
final class ChoiceCache {
    private static final Logger LOGGER = System.getLogger(ChoiceCache.class.getPackageName());

    /** No choice has a longer text. */
    private static final long LONGEST = 4000;

    private final Optional<Path> folder;

    /** In a folder; without one nothing is kept. */
    ChoiceCache(Optional<Path> folder) {
        this.folder = folder;
    }

    /** What is kept under a key. */
    Optional<String> find(String key) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path file = file(folder.get(), key);
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LONGEST
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException unreadable) {
            LOGGER.log(Level.DEBUG, "cannot read " + file + ": " + unreadable);
            return Optional.empty();
        }
    }

    /** Keeps a choice, unless there is one; the one there is now. */
    Optional<String> keep(String key, String choice) {
        if (folder.isEmpty()) {
            return Optional.of(choice);
        }
        Path file = file(folder.get(), key);
        try {
            Files.write(file, choice.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
            return Optional.of(choice);
        } catch (FileAlreadyExistsException keptBefore) {
            return find(key);
        } catch (IOException unwritable) {
            LOGGER.log(Level.DEBUG, "cannot write " + file + ": " + unwritable);
            return Optional.of(choice);
        }
    }

    /** Deletes a choice that cannot be made. */
    void drop(String key) {
        if (folder.isPresent()) {
            try {
                Files.deleteIfExists(file(folder.get(), key));
            } catch (IOException undeletable) {
                LOGGER.log(Level.DEBUG, "cannot delete a choice of tiles: " + undeletable);
            }
        }
    }

    private static Path file(Path folder, String key) {
        return folder.resolve(key + ".tiles");
    }
}
