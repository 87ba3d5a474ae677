package dev.fovea.compiler.resolve;

import dev.fovea.compiler.resolve.Library.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a check has read, by hashes. As long as {@link #hold} says yes, a check of the same files that found no fault, asked for the same,
 * would find none and come to the same models.
 *
 * @param given the files that were to be checked, by their paths as given
 * @param roots where packages were looked for behind the caller's own library
 * @param imported by the name of a package: a hash of what was found, empty for nothing
 */
public record ReadSources(Map<String, String> given, List<Path> roots, Map<String, String> imported) {
    /** What no hash is: of a file that changed while it was checked. */
    private static final String CHANGED = "changed";

    /** Copies all. */
    public ReadSources {
        given = Map.copyOf(given);
        roots = List.copyOf(roots);
        imported = Map.copyOf(imported);
    }

    /**
     * Whether all this would be read again.
     *
     * @param library the caller's, to be searched first
     */
    public boolean hold(Library library) {
        Library all = Library.firstOf(List.of(library, SourceRoots.of(roots)));
        try {
            for (Map.Entry<String, String> one : given.entrySet()) {
                byte[] bytes = Files.readAllBytes(Path.of(one.getKey()));
                if (!new StoredFile(one.getKey(), bytes).hash().equals(one.getValue())) {
                    return false;
                }
            }
            for (Map.Entry<String, String> one : imported.entrySet()) {
                if (!hash(all.find(one.getKey())).equals(one.getValue())) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String hash(Optional<StoredFile> file) {
        return file.map(StoredFile::hash).orElse("");
    }

    /** A library that notes what is found in another. */
    public static final class Noting implements Library {
        private final Library library;
        private final List<Path> roots;
        private final Map<String, String> given = new HashMap<>();
        private final Map<String, String> found = new HashMap<>();

        /**
         * Notes what is found in {@code library}.
         *
         * @param given the files that are checked
         * @param roots those of the library that the caller does not have
         */
        public Noting(Library library, List<StoredFile> given, List<Path> roots) {
            this.library = library;
            this.roots = roots;
            given.forEach(file -> this.given.put(file.path(), file.hash()));
        }

        @Override
        public Optional<StoredFile> find(String packageName) throws IOException {
            Optional<StoredFile> file = library.find(packageName);
            found.merge(packageName, hash(file), (before, now) -> before.equals(now) ? now : CHANGED);
            return file;
        }

        @Override
        public List<String> siblings(String packageName) {
            return library.siblings(packageName);
        }

        /** What was read until now. */
        public ReadSources sources() {
            return new ReadSources(given, roots, found);
        }
    }
}
