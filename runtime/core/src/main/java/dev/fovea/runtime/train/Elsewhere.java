package dev.fovea.runtime.train;

import dev.fovea.runtime.InputException;
import java.nio.file.Path;

/** Keeps what hours of training have made where it cannot be written to its place: it goes to the system's folder for temporary files. */
final class Elsewhere {
    /** Writes a file. */
    @FunctionalInterface
    interface Writing {
        void write(Path file) throws InputException;
    }

    private Elsewhere() {}

    /** Where what belongs to a place goes: another file for each process and place. */
    static Path of(Path place) {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "fovea-" + ProcessHandle.current().pid() + "-"
                        + Integer.toHexString(place.toAbsolutePath().hashCode()) + "-" + place.getFileName());
    }

    /**
     * Writes it there.
     *
     * @param what in the beginning of a sentence: {@code the weights are}
     * @param fault why it cannot be written to its place
     * @return the fault, which says where it is now
     */
    static InputException keep(String what, Path place, Writing writing, InputException fault) {
        try {
            writing.write(of(place));
        } catch (InputException e) {
            fault.addSuppressed(e);
            return fault;
        }
        return fault.withHelp(what + " in " + of(place) + " instead: when there is room, move that to " + place);
    }
}
