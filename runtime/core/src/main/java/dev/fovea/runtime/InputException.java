package dev.fovea.runtime;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A file is not there, cannot be read or written, or does not hold what it should. */
public final class InputException extends FoveaException {
    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final long offset;

    private InputException(Path file, long offset, String message, List<String> help) {
        super(message, help);
        this.file = file;
        this.offset = offset;
    }

    private InputException(Path file, String message, List<String> help, IOException cause) {
        super(message, help, cause);
        this.file = file;
        this.offset = -1;
    }

    /** A fault of the file as a whole. */
    public static InputException of(Path file, String message, String... help) {
        return new InputException(file, -1, message, List.of(help));
    }

    /** A fault at one byte of the file (of its content, where the file is compressed), counted from 0. */
    public static InputException at(Path file, long offset, String message, String... help) {
        return new InputException(file, offset, message, List.of(help));
    }

    /**
     * What the operating system said, in words.
     *
     * @param doing what was tried, for example {@code "read the weights"}
     */
    public static InputException from(Path file, String doing, IOException cause) {
        String reason;
        if (cause instanceof NoSuchFileException) {
            reason = "there is no such file";
        } else if (cause instanceof AccessDeniedException) {
            reason = "access is denied";
        } else if (cause instanceof FileSystemException system && system.getReason() != null) {
            reason = system.getReason();
        } else {
            reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
        return new InputException(file, "cannot " + doing + ": " + reason, List.of(), cause);
    }

    /** The same with one more thing that the user can do. */
    public InputException withHelp(String possibility) {
        List<String> all = new ArrayList<>(help());
        all.add(possibility);
        InputException more = new InputException(file, offset, message(), all);
        more.initCause(getCause() == null ? this : getCause());
        for (Throwable suppressed : getSuppressed()) {
            more.addSuppressed(suppressed);
        }
        return more;
    }

    /** The file at fault. */
    public Path file() {
        return file;
    }

    /** The byte at fault, counted from 0, where the fault is at one. */
    public OptionalLong offset() {
        return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    @Override
    public String place() {
        return offset < 0 ? file.toString() : file + ", byte " + offset;
    }
}
