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
    /** Columns where nothing says how wide the terminal is. */
    private static final int USUAL_WIDTH = 100;

    /** The columns of the terminal that {@code out} is, as the start script found it; 100 where it is none. */
    int width() {
        return outIsTerminal ? Math.max(40, Integer.getInteger("fovea.out.columns", USUAL_WIDTH)) : USUAL_WIDTH;
    }

    /** Prints a line of message. */
    void message(String text) {
        err.println(text);
    }
}
