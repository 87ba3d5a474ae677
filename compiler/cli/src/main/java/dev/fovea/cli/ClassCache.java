package dev.fovea.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compiled classes of generated sources, kept in a folder from one start to the next: a file for each {@link ClassKey}.
 *
 * <p>Several processes may use a folder at once: a file gets its name when it is whole, and one that vanishes was not
 * there. Nothing here fails a command: what cannot be read is compiled, and what cannot be written is compiled the next
 * time again.
 */
final class ClassCache {
    /** More files, or more bytes, are not kept; the ones not used for longest go. LeNet-5 takes 10 KB. */
    static final int FILES = 128;

    private static final long BYTES = 64L << 20;

    private static final String PREFIX = "generated-";
    private static final String SUFFIX = ".classes";
    private static final String UNFINISHED = ".tmp";

    /** An unfinished file this old is one of a process that was ended. */
    private static final Duration FORSAKEN = Duration.ofHours(1);

    private final Path folder;

    ClassCache(Path folder) {
        this.folder = folder;
    }

    /** The one in the user's cache, which the launcher names by {@code -Dfovea.cache}; without it, none. */
    static Optional<ClassCache> ofUser() {
        String folder = System.getProperty("fovea.cache", "");
        return folder.isEmpty() ? Optional.empty() : Optional.of(new ClassCache(Path.of(folder)));
    }

    /** The classes by name, when they are kept, whole and as they were written. */
    Optional<Map<String, byte[]>> read(ClassKey key) {
        Path file = file(key);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > BYTES) {
                return Optional.empty();
            }
            byte[] content = Files.readAllBytes(file);
            int start = ClassKey.LENGTH;
            if (content.length < start) {
                return Optional.empty();
            }
            byte[] body = Arrays.copyOfRange(content, start, content.length);
            if (!MessageDigest.isEqual(key.seal(body), Arrays.copyOf(content, start))) {
                return Optional.empty();
            }
            Map<String, byte[]> classes = unpack(body);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Optional.of(classes);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps classes, if that can be done. */
    void write(ClassKey key, Map<String, byte[]> classes) {
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, PREFIX, UNFINISHED);
            try {
                byte[] body = pack(classes);
                ByteArrayOutputStream content = new ByteArrayOutputStream(body.length + ClassKey.LENGTH);
                content.write(key.seal(body));
                content.write(body);
                Files.write(unfinished, content.toByteArray());
                Files.move(unfinished, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            trim();
        } catch (IOException | DirectoryIteratorException e) {
            return; // no room, no right: the next start compiles again
        }
    }

    private Path file(ClassKey key) {
        return folder.resolve(PREFIX + key.hex() + SUFFIX);
    }

    private static byte[] pack(Map<String, byte[]> classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(classes.size());
        for (Map.Entry<String, byte[]> one : new TreeMap<>(classes).entrySet()) {
            out.writeUTF(one.getKey());
            out.writeInt(one.getValue().length);
            out.write(one.getValue());
        }
        return bytes.toByteArray();
    }

    /** What {@link #pack} made; that it did is known. */
    private static Map<String, byte[]> unpack(byte[] body) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        Map<String, byte[]> classes = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            classes.put(name, in.readNBytes(in.readInt()));
        }
        return classes;
    }

    private record Kept(Path file, Instant used, long bytes) {}

    private void trim() throws IOException {
        List<Kept> kept = new ArrayList<>();
        Instant forsaken = Instant.now().minus(FORSAKEN);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : files) {
                Optional<Kept> found = look(file);
                if (found.isEmpty()) {
                    continue;
                }
                if (file.toString().endsWith(SUFFIX)) {
                    kept.add(found.get());
                } else if (file.toString().endsWith(UNFINISHED)
                        && found.get().used().isBefore(forsaken)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        kept.sort(Comparator.comparing(Kept::used).reversed());
        long bytes = 0;
        for (int i = 0; i < kept.size(); i++) {
            bytes += kept.get(i).bytes();
            if (i > 0 && (i >= FILES || bytes > BYTES)) {
                Files.deleteIfExists(kept.get(i).file());
            }
        }
    }

    /** What is known of a file, unless another process has deleted it meanwhile. */
    private static Optional<Kept> look(Path file) {
        try {
            return Optional.of(new Kept(file, Files.getLastModifiedTime(file).toInstant(), Files.size(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
