package dev.fovea.runtime;

import java.util.List;

/**
 * A run cannot go on for a reason the user can understand and mend: what is wrong with the numbers put in, and what to do.
 *
 * <p>A program shows {@link #describe}; a stack trace would tell the user nothing.
 */
public class FoveaException extends Exception {
    private static final long serialVersionUID = 1;

    private final List<String> help;

    /**
     * @param message what is wrong, in one sentence that starts in lower case and has no full stop
     * @param help what the user can do, one entry a possibility; may be empty
     */
    public FoveaException(String message, List<String> help) {
        super(message);
        this.help = List.copyOf(help);
    }

    /** The same with the exception that it comes from. */
    public FoveaException(String message, List<String> help, Throwable cause) {
        super(message, cause);
        this.help = List.copyOf(help);
    }

    /** What is wrong, in one sentence. */
    public final String message() {
        return String.valueOf(getMessage());
    }

    /** What the user can do, one entry a possibility. */
    public final List<String> help() {
        return help;
    }

    /** Where the fault is, as far as it is in one place: a file, a byte of it; empty otherwise. */
    public String place() {
        return "";
    }

    /** The whole text for a terminal, lines joined by {@code \n}, without a line end after the last. */
    public final String describe() {
        StringBuilder text = new StringBuilder("error: ").append(message());
        if (!place().isEmpty()) {
            text.append("\n  --> ").append(place());
        }
        for (String possibility : help) {
            text.append("\n  = help: ").append(possibility);
        }
        return text.toString();
    }
}
