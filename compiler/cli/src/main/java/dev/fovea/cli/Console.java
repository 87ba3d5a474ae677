package dev.fovea.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err messages
 * @param outIsTerminal whether a person reads {@code out}: colours only then
 * @param errIsTerminal whether a person reads {@code err}: colours and progress only then
 */
public record Console(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
    /** Prints a line of message. */
    void message(String text) {
        err.println(text);
    }
}
