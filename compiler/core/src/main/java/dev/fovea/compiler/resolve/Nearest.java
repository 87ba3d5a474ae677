package dev.fovea.compiler.resolve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** The names that a misspelt one may have meant. */
public final class Nearest {
    /** Longer names are not compared: nobody misspells them by a letter, and the comparison is quadratic. */
    private static final int LONGEST = 64;

    private static final int SHOWN = 3;

    private Nearest() {}

    /**
     * At most three of the candidates that differ from a name by few letters (one in three, at least one), by case or by
     * underscores; the nearest first.
     */
    public static List<String> to(String name, Collection<String> candidates) {
        record Near(String candidate, int distance) {}
        int allowed = Math.max(1, name.length() / 3);
        List<Near> near = new ArrayList<>();
        for (String candidate : new LinkedHashSet<>(candidates)) {
            int distance = plain(candidate).equals(plain(name)) ? 0 : distance(name, candidate, allowed);
            if (distance <= allowed && distance < Math.max(name.length(), candidate.length())) {
                near.add(new Near(candidate, distance));
            }
        }
        near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::candidate));
        int best = near.isEmpty() ? 0 : near.get(0).distance();
        return near.stream()
                .filter(one -> one.distance() <= best + 1)
                .limit(SHOWN)
                .map(Near::candidate)
                .toList();
    }

    /** {@code did you mean `a`, `b` or `c`?}; empty when there is nothing near. */
    public static List<String> help(String name, Collection<String> candidates) {
        List<String> near = to(name, candidates);
        return near.isEmpty() ? List.of() : List.of("did you mean " + list(near, "or") + "?");
    }

    /** {@code `a`, `b` and `c`}. */
    public static String list(List<String> names, String conjunction) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String separator = i == 0 ? "" : i == names.size() - 1 ? " " + conjunction + " " : ", ";
            out.append(separator).append('`').append(names.get(i)).append('`');
        }
        return out.toString();
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Damerau and Levenshtein's distance (neighbours may be swapped), or more than {@code bound} when it exceeds it. */
    static int distance(String a, String b, int bound) {
        if (Math.abs(a.length() - b.length()) > bound || a.length() > LONGEST || b.length() > LONGEST) {
            return bound + 1;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
