package dev.fovea.opencl;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Programs that a driver has compiled before, one file each, named by the hash of everything that went into it: source,
 * options, device, driver. A file is written under another name and moved, so that it is whole or absent. A file that is
 * damaged, of another program or not ours is as good as none, and a folder that cannot be written only costs the time to
 * compile again.
 */
final class ProgramCache {
    /** Where the files are: a folder, or {@code off}. By default {@code fovea/opencl} in the user's cache folder. */
    static final String PROPERTY = "fovea.opencl.cache";

    private static final Logger LOGGER = System.getLogger(ProgramCache.class.getPackageName());
    private static final byte[] MAGIC = "FOVEACL1".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_BYTES = 32;
    private static final int HEADER_BYTES = MAGIC.length + 2 * HASH_BYTES;

    /** Larger than any program we have; a file above it is not read. */
    private static final long LARGEST_FILE = 64L << 20;

    private final Optional<Path> folder;

    /** A cache in a folder, or none. */
    ProgramCache(Optional<Path> folder) {
        this.folder = folder;
    }

    /** The cache that the system property asks for. */
    static ProgramCache ofUser() {
        String wanted = System.getProperty(PROPERTY, "");
        if (wanted.equals("off")) {
            return new ProgramCache(Optional.empty());
        }
        return new ProgramCache(wanted.isEmpty() ? CacheFolder.ofUser() : CacheFolder.prepared(Path.of(wanted)));
    }

    /** Where the entries are, if there is a folder for them. */
    Optional<Path> folder() {
        return folder;
    }

    /** The name of an entry: a hash of all that decides what the compiler puts out. */
    static String key(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The program stored under a key, if there is a sound one. */
    Optional<byte[]> find(String key) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path file = file(folder.get(), key);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                return Optional.empty();
            }
            return payload(Files.readAllBytes(file), key);
        } catch (IOException unreadable) {
            LOGGER.log(Level.DEBUG, "cannot read " + file + ": " + unreadable);
            return Optional.empty();
        }
    }

    private static Optional<byte[]> payload(byte[] content, String key) {
        if (content.length <= HEADER_BYTES) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOfRange(content, HEADER_BYTES, content.length);
        return Arrays.equals(header(key, payload), Arrays.copyOf(content, HEADER_BYTES))
                ? Optional.of(payload)
                : Optional.empty();
    }

    /** Stores a program, if that can be done. */
    void store(String key, byte[] program) {
        if (folder.isEmpty()) {
            return;
        }
        Path file = file(folder.get(), key);
        try {
            Path part = Files.createTempFile(folder.get(), key, ".part");
            try {
                ByteBuffer content = ByteBuffer.allocate(HEADER_BYTES + program.length);
                Files.write(part, content.put(header(key, program)).put(program).array());
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException unwritable) {
            LOGGER.log(Level.DEBUG, "cannot write " + file + ": " + unwritable);
        }
    }

    /** Deletes an entry that the driver would not take. */
    void drop(String key) {
        if (folder.isPresent()) {
            try {
                Files.deleteIfExists(file(folder.get(), key));
            } catch (IOException undeletable) {
                LOGGER.log(Level.DEBUG, "cannot delete an entry of the program cache: " + undeletable);
            }
        }
    }

    private static Path file(Path folder, String key) {
        return folder.resolve(key + ".clbin");
    }

    private static byte[] header(String key, byte[] program) {
        byte[] hash = sha256().digest(program);
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .put(HexFormat.of().parseHex(key))
                .put(hash)
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
