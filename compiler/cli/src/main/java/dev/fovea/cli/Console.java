package dev.fovea.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err messages
 * @param terminal whether a person watches {@code err}: colours and progress only then
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {
    /** Prints a message of one line: {@code fovea: …} is not put in front, for the reader knows what was called. */
    public void message(String text) {
        err.println(text);
        err.flush();
    }
}
