package dev.fovea.compiler.resolve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the files of imported packages are found. */
public interface Library {
    /** A library without files. */
    Library EMPTY = of(Map.of());

    /**
     * A file as it is stored.
     *
     * @param path as messages show it, with forward slashes
     * @param bytes its content, not yet decoded
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to the parser, compared by nobody
    record StoredFile(String path, byte[] bytes) {
        /** A hash of both (SHA-256), in letters. */
        public String hash() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(path.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0); // which no path has in it
                digest.update(bytes);
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /**
     * The file of a package: {@code a/b.cnn} for {@code a.b}.
     *
     * @throws IOException when there is one that cannot be read
     */
    Optional<StoredFile> find(String packageName) throws IOException;

    /** The packages that lie in the same folder as this one would: for "did you mean". */
    List<String> siblings(String packageName);

    /** The path of a package below a root: {@code a/b.cnn}. */
    static String path(String packageName) {
        return packageName.replace('.', '/') + ".cnn";
    }

    /** The texts of packages by name, for tests and for callers that hold them in memory. */
    static Library of(Map<String, String> texts) {
        return new Library() {
            @Override
            public Optional<StoredFile> find(String packageName) {
                return Optional.ofNullable(texts.get(packageName))
                        .map(text -> new StoredFile(path(packageName), text.getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public List<String> siblings(String packageName) {
                return texts.keySet().stream().sorted().toList();
            }
        };
    }

    /** Looks into one library after another; the first that has a package wins. */
    static Library firstOf(List<Library> libraries) {
        List<Library> all = List.copyOf(libraries);
        return new Library() {
            @Override
            public Optional<StoredFile> find(String packageName) throws IOException {
                for (Library library : all) {
                    Optional<StoredFile> found = library.find(packageName);
                    if (found.isPresent()) {
                        return found;
                    }
                }
                return Optional.empty();
            }

            @Override
            public List<String> siblings(String packageName) {
                return all.stream()
                        .flatMap(library -> library.siblings(packageName).stream())
                        .distinct()
                        .toList();
            }
        };
    }
}
