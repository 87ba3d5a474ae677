package dev.fovea.compiler.format;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts line ends, blanks and comments between the words of a text at random. */
final class Scatter {

    private static final Pattern GAP = Pattern.compile(
            "\"(?:[^\"\\\\\n]|\\\\.)*\"|//[^\n]*|/\\*.*?\\*/|[\\s]+|(?<=[(,\\[=])|(?=[),\\]])", Pattern.DOTALL);
    private static final List<String> SPACES = List.of(" ", "\n", "\n\n\n", "  \r\n\t ", "   ");
    private static final List<String> COMMENTS = List.of(
            " // line\n",
            "\n// own\n",
            " /* inline */ ",
            "\n/* own\n   two */\n",
            "\n/* own */ ",
            " /* end */\n",
            "\n//// bar\n\n");

    private Scatter() {}

    /**
     * The text with other gaps.
     *
     * @param comments whether to put comments in too
     */
    static String scatter(String text, Random random, boolean comments) {
        Matcher gap = GAP.matcher(text);
        StringBuilder out = new StringBuilder();
        while (gap.find()) {
            String found = gap.group();
            boolean blank = found.isBlank();
            boolean replace = blank && random.nextInt(4) == 0 && !inDocumentation(text, gap.start());
            String other = comments && random.nextInt(3) == 0
                    ? COMMENTS.get(random.nextInt(COMMENTS.size()))
                    : SPACES.get(random.nextInt(SPACES.size()));
            gap.appendReplacement(out, Matcher.quoteReplacement(replace ? keepLine(found, other) : found));
        }
        return gap.appendTail(out).toString();
    }

    /** A line comment in front must still end. */
    private static String keepLine(String found, String other) {
        return found.contains("\n") && !other.contains("\n") ? "\n" + other : other;
    }

    private static boolean inDocumentation(String text, int at) {
        return text.lastIndexOf("//", at) > text.lastIndexOf('\n', Math.max(0, at - 1));
    }
}
