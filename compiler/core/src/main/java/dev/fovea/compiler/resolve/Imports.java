package dev.fovea.compiler.resolve;

import dev.fovea.compiler.resolve.Library.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a check found when it looked for imported packages. As long as {@link #hold} says yes, a check of the same file, asked for the same,
 * comes to the same.
 *
 * @param roots where packages were looked for behind the caller's own library
 * @param found by the name of the package: a hash of the file's path and content, or empty where no file was found
 */
public record Imports(List<Path> roots, Map<String, String> found) {
    /** Of a check that looked for nothing. */
    public static final Imports NONE = new Imports(List.of(), Map.of());

    /** Copies both. */
    public Imports {
        roots = List.copyOf(roots);
        found = Map.copyOf(found);
    }

    /**
     * Whether all these packages would be found again as they were, and those that were not would not be.
     *
     * @param library the caller's, to be searched first
     */
    public boolean hold(Library library) {
        Library all = Library.firstOf(List.of(library, SourceRoots.of(roots)));
        for (Map.Entry<String, String> one : found.entrySet()) {
            try {
                if (!hash(all.find(one.getKey())).equals(one.getValue())) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    private static String hash(Optional<StoredFile> file) {
        return file.map(StoredFile::hash).orElse("");
    }

    /** A library that notes what is looked for in another. */
    public static final class Noting implements Library {
        private final Library library;
        private final Map<String, String> found = new HashMap<>();

        /** Notes what is found in {@code library}. */
        public Noting(Library library) {
            this.library = library;
        }

        @Override
        public Optional<StoredFile> find(String packageName) throws IOException {
            Optional<StoredFile> file = library.find(packageName);
            found.put(packageName, hash(file));
            return file;
        }

        @Override
        public List<String> siblings(String packageName) {
            return library.siblings(packageName);
        }

        /**
         * What was found until now.
         *
         * @param roots those of the library that the caller does not have
         */
        public Imports imports(List<Path> roots) {
            return new Imports(roots, found);
        }
    }
}
