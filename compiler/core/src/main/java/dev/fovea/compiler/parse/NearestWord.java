package dev.fovea.compiler.parse;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was likely meant. */
final class NearestWord {

    private NearestWord() {}

    /** The word nearest to what was written, if it is near enough to be meant. */
    static Optional<String> among(List<String> words, String written) {
        if (written.length() > 2 * longest(words)) {
            return Optional.empty();
        }
        String folded = written.toLowerCase(Locale.ROOT);
        return words.stream()
                .filter(word -> distance(word, folded) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> distance(word, folded)));
    }

    private static int longest(List<String> words) {
        return words.stream().mapToInt(String::length).max().orElse(0);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
    private static int distance(String a, String b) {
        int[][] costs = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    costs[i][j] = i + j;
                    continue;
                }
                int replaced = costs[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int cost = Math.min(replaced, 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                costs[i][j] = swapped ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
            }
        }
        return costs[a.length()][b.length()];
    }
}
