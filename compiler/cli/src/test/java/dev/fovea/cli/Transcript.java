package dev.fovea.cli;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares what a page shows of a terminal with what was really shown. */
final class Transcript {
    private static final String NUMBER = "[0-9]+([.,:][0-9]+)*";
    /** Said of an epoch only where it is worth a word, which depends on what else the machine does. */
    private static final String WAITING = "  [0-9]+ % waiting for data";

    private Transcript() {}

    /**
     * Whether the page is right. A line {@code ...} stands for any number of lines.
     *
     * @param about whether numbers may differ, as times do from run to run
     */
    static boolean matches(String shown, String actual, boolean about) {
        String pattern = comparable(shown, about)
                .lines()
                .map(line -> line.equals("...") ? "(?:.*\\n)*?" : Pattern.quote(line) + "\\n")
                .collect(Collectors.joining());
        return Pattern.matches(pattern, comparable(actual, about));
    }

    private static String comparable(String text, boolean about) {
        return about ? text.replaceAll(WAITING, "").replaceAll(NUMBER, "#").replaceAll(" +", " ") : text;
    }
}
