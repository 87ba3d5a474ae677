package dev.fovea.opencl;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The folder for compiled programs. What lies there is executed, so nobody but the user may write to it. */
final class CacheFolder {
    private static final Logger LOGGER = System.getLogger(CacheFolder.class.getPackageName());
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private CacheFolder() {}

    /** The folder this system keeps a user's caches in, made if need be; none where that cannot be. */
    static Optional<Path> ofUser() {
        String home = System.getProperty("user.home", "");
        if (home.isEmpty()) {
            return Optional.empty();
        }
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path caches;
        if (system.contains("win")) {
            caches = environment("LOCALAPPDATA").orElse(Path.of(home, "AppData", "Local"));
        } else if (system.contains("mac")) {
            caches = Path.of(home, "Library", "Caches");
        } else {
            caches = environment("XDG_CACHE_HOME").orElse(Path.of(home, ".cache"));
        }
        return prepared(caches.resolve("fovea").resolve("opencl"));
    }

    /** A folder, made if need be; none when it cannot be made, is not the user's, or others may write to it. */
    static Optional<Path> prepared(Path folder) {
        try {
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            Files.createDirectories(folder, posix ? ownerOnly() : new FileAttribute<?>[0]);
            if (posix && !isPrivate(folder)) {
                LOGGER.log(Level.WARNING, "compiled programs are not cached: others may write to " + folder);
                return Optional.empty();
            }
            return Optional.of(folder);
        } catch (IOException unusable) {
            LOGGER.log(Level.INFO, "compiled programs are not cached: " + unusable);
            return Optional.empty();
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }

    private static boolean isPrivate(Path folder) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
        String user = System.getProperty("user.name", "");
        return attributes.permissions().stream().noneMatch(WRITABLE_BY_OTHERS::contains)
                && attributes.owner().getName().equals(user);
    }

    private static Optional<Path> environment(String name) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
    }
}
