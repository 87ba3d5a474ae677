package dev.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The difference of two texts as {@code diff -u} shows it. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;

    /** Above this many pairs of lines, what lies between the equal ends is shown as wholly replaced. */
    private static final long LIMIT = 25_000_000;

    private final List<Line> lines = new ArrayList<>();

    /** A line of one or both texts: {@code ' '}, {@code '-'} or {@code '+'}. */
    private record Line(char sign, String text) {}

    private UnifiedDiff() {}

    /**
     * The hunks with their heading.
     *
     * @param path how the file is called in the heading
     */
    static String of(String path, String before, String after) {
        UnifiedDiff diff = new UnifiedDiff();
        diff.compare(split(before), split(after));
        return "--- " + path + "\n+++ " + path + " (laid out)\n" + diff.hunks();
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        } else {
            lines.add("\\ no line end at the end of the file");
        }
        return lines;
    }

    private void compare(List<String> before, List<String> after) {
        int start = 0;
        while (start < before.size()
                && start < after.size()
                && before.get(start).equals(after.get(start))) {
            lines.add(new Line(' ', before.get(start++)));
        }
        int end = 0;
        while (end < Math.min(before.size(), after.size()) - start
                && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        middle(before.subList(start, before.size() - end), after.subList(start, after.size() - end));
        before.subList(before.size() - end, before.size()).forEach(line -> lines.add(new Line(' ', line)));
    }

    /** The longest common subsequence, by the table of its lengths. */
    private void middle(List<String> before, List<String> after) {
        boolean tooLong = (long) before.size() * after.size() > LIMIT;
        int[][] common = tooLong ? new int[0][] : lengths(before, after);
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (!tooLong
                    && i < before.size()
                    && j < after.size()
                    && before.get(i).equals(after.get(j))) {
                lines.add(new Line(' ', before.get(i++)));
                j++;
            } else if (i < before.size() && (tooLong || j == after.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', before.get(i++)));
            } else {
                lines.add(new Line('+', after.get(j++)));
            }
        }
    }

    private static int[][] lengths(List<String> before, List<String> after) {
        int[][] lengths = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                lengths[i][j] = before.get(i).equals(after.get(j))
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        return lengths;
    }

    private String hunks() {
        StringBuilder text = new StringBuilder();
        int oldLine = 1;
        int newLine = 1;
        int at = 0;
        while (at < lines.size()) {
            int end = hunkEnd(at);
            if (end == at) {
                oldLine++;
                newLine++;
                at++;
                continue;
            }
            int olds = count(at, end, '+');
            int news = count(at, end, '-');
            text.append(String.format(Locale.ROOT, "@@ -%d,%d +%d,%d @@\n", oldLine, olds, newLine, news));
            lines.subList(at, end)
                    .forEach(line -> text.append(line.sign).append(line.text).append('\n'));
            oldLine += olds;
            newLine += news;
            at = end;
        }
        return text.toString();
    }

    /** Where the hunk ends that begins at a line; the line itself where none does. */
    private int hunkEnd(int start) {
        int last = -1;
        for (int i = start; i < lines.size() && i <= (last < 0 ? start + CONTEXT : last + 2 * CONTEXT + 1); i++) {
            if (lines.get(i).sign != ' ') {
                last = i;
            }
        }
        return last < 0 ? start : Math.min(lines.size(), last + 1 + CONTEXT);
    }

    private int count(int from, int to, char without) {
        return (int) lines.subList(from, to).stream()
                .filter(line -> line.sign != without)
                .count();
    }
}
