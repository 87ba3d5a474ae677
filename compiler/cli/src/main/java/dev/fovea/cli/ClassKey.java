package dev.fovea.cli;

import dev.fovea.compiler.emit.GeneratedSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** All that classes kept in a {@link ClassCache} depend on, as one hash (SHA-256): what they were made of, this Java, our jars. */
final class ClassKey {
    /** Bytes of a hash. */
    static final int LENGTH = 32;

    /** How {@link ClassCache} writes a file; another way is another form. */
    private static final String FORM = "2";

    private final byte[] hash;

    private ClassKey(byte[] hash) {
        this.hash = hash;
    }

    /**
     * Of sources.
     *
     * @param jars what they are compiled with
     * @return nothing where one of these is no jar, but a folder of classes, which may change under the hash
     */
    static Optional<ClassKey> of(List<GeneratedSource> sources, List<Path> jars) {
        Optional<MessageDigest> begun = begun("sources", jars);
        begun.ifPresent(digest -> {
            for (GeneratedSource source : sources) {
                add(digest, source.path());
                add(digest, source.text());
            }
        });
        return begun.map(digest -> new ClassKey(digest.digest()));
    }

    /**
     * Of a call to load a model.
     *
     * @param asked all that the caller may ask for, in a fixed order
     * @param jars those of the compiler and of what the classes need
     * @return nothing where one of these is no jar
     */
    static Optional<ClassKey> ofCall(List<String> asked, List<Path> jars) {
        Optional<MessageDigest> begun = begun("call", jars);
        begun.ifPresent(digest -> asked.forEach(word -> add(digest, word)));
        return begun.map(digest -> new ClassKey(digest.digest()));
    }

    private static Optional<MessageDigest> begun(String kind, List<Path> jars) {
        MessageDigest digest = sha256();
        add(digest, FORM);
        add(digest, kind);
        add(digest, Runtime.version().toString());
        add(digest, System.getProperty("java.vendor.version", ""));
        for (Path jar : jars) {
            try {
                if (!Files.isRegularFile(jar)) {
                    return Optional.empty();
                }
                add(digest, jar.toAbsolutePath().toString());
                add(digest, Files.size(jar) + " " + Files.getLastModifiedTime(jar));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.of(digest);
    }

    /** In letters, for the name of a file. */
    String hex() {
        return HexFormat.of().formatHex(hash);
    }

    /** A hash of what is kept under this key; kept under another, or changed, it has another one. */
    byte[] seal(byte[] content) {
        MessageDigest digest = sha256();
        digest.update(hash);
        digest.update(content);
        return digest.digest();
    }

    /** With its length in front, so that what ends one text cannot begin the next. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
