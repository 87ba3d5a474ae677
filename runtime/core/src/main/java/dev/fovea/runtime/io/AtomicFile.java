package dev.fovea.runtime.io;

import dev.fovea.runtime.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file so that at every moment, a power cut included, its name stands for the whole old content or the whole new one.
 *
 * <p>The content goes to a hidden file in the same folder, is forced to the disk, takes the name in one step, and the folder is forced.
 * What an earlier process left half-written when it was killed is deleted on the way.
 */
public final class AtomicFile {
    private static final String PROCESS = ProcessHandle.current().pid() + "-"
            + Long.toHexString(ThreadLocalRandom.current().nextLong());
    /** Systems keep some blocks back: a disk with less room than that beyond what was written is taken to be full. */
    private static final long MARGIN = 1 << 16;

    private static final AtomicLong COUNTER = new AtomicLong();

    private AtomicFile() {}

    /** Writes the content, from the first byte to the last. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it to the channel, which the caller closes. */
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /**
     * Writes the file, replacing what was there; its folder is made if need be.
     *
     * @throws InputException where the disk is full, the folder cannot be written and the like; the old content then stands
     */
    public static void write(Path file, Content content) throws InputException {
        write(file, content, Disk.REAL);
    }

    static void write(Path file, Content content, Disk disk) throws InputException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        Path name = target.getFileName();
        if (folder == null || name == null) {
            throw InputException.of(file, "cannot write a file of this name");
        }
        String prefix = "." + name + ".";
        Path partial = folder.resolve(prefix + PROCESS + "-" + COUNTER.incrementAndGet() + ".partial");
        try {
            Files.createDirectories(folder);
            deleteLeftovers(folder, prefix);
            try (FileChannel channel = disk.create(partial)) {
                content.writeTo(channel);
                disk.force(channel);
            }
            disk.move(partial, target);
            disk.forceFolder(folder);
        } catch (RuntimeException e) {
            disk.deleteQuietly(partial);
            throw e;
        } catch (IOException e) {
            long written = disk.length(partial);
            disk.deleteQuietly(partial);
            throw fault(file, e, written, disk.free(folder));
        }
    }

    /** What was written is gone again: where no more than that is free the disk was full. */
    private static InputException fault(Path file, IOException cause, long written, long free) {
        InputException fault = InputException.from(file, "write the file", cause);
        return free - written > MARGIN
                ? fault
                : fault.withHelp("its disk has " + kilobytes(free) + " free, and the file takes more than "
                        + kilobytes(written) + ": make room, or choose another folder");
    }

    private static String kilobytes(long bytes) {
        return (bytes + 500) / 1000 + " kB";
    }

    private static void deleteLeftovers(Path folder, String prefix) throws IOException {
        try (DirectoryStream<Path> partials = Files.newDirectoryStream(folder, entry -> isLeftover(entry, prefix))) {
            for (Path partial : partials) {
                Files.deleteIfExists(partial);
            }
        }
    }

    private static boolean isLeftover(Path entry, String prefix) {
        String name = String.valueOf(entry.getFileName());
        if (!name.startsWith(prefix) || !name.endsWith(".partial")) {
            return false;
        }
        String owner = name.substring(prefix.length());
        int dash = owner.indexOf('-');
        if (dash < 1 || dash > 18 || !owner.chars().limit(dash).allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        long process = Long.parseLong(owner.substring(0, dash));
        return process == ProcessHandle.current().pid()
                ? !owner.startsWith(PROCESS)
                : ProcessHandle.of(process).isEmpty();
    }
}
