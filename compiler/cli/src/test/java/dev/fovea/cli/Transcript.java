package dev.fovea.cli;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares what a page shows of a terminal with what was really shown. */
final class Transcript {
    private static final String NUMBER = "[0-9]+([.,:][0-9]+)*";

    private Transcript() {}

    /**
     * Whether the page is right. A line {@code ...} stands for any number of lines.
     *
     * @param about whether numbers may differ
     */
    static boolean matches(String shown, String actual, boolean about) {
        String pattern = comparable(shown, about)
                .lines()
                .map(line -> line.equals("...") ? "(?:.*\\n)*?" : Pattern.quote(line) + "\\n")
                .collect(Collectors.joining());
        return Pattern.matches(pattern, comparable(actual, about));
    }

    private static String comparable(String text, boolean about) {
        return about ? text.replaceAll(NUMBER, "#").replaceAll(" +", " ") : text;
    }
}
