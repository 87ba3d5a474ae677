package dev.fovea.compiler.resolve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

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
            int distance = isAlike(name, candidate) ? 0 : distance(name, candidate, allowed);
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

    /** Whether two names differ in case and underscores only. */
    private static boolean isAlike(String a, String b) {
        int i = 0;
        int j = 0;
        while (true) {
            while (i < a.length() && a.charAt(i) == '_') {
                i++;
            }
            while (j < b.length() && b.charAt(j) == '_') {
                j++;
            }
            if (i == a.length() || j == b.length()) {
                return i == a.length() && j == b.length();
            }
            if (Character.toLowerCase(a.charAt(i++)) != Character.toLowerCase(b.charAt(j++))) {
                return false;
            }
        }
    }

    /** Damerau and Levenshtein's distance (neighbours may be swapped), or more than {@code bound} when it exceeds it. */
    static int distance(String a, String b, int bound) {
        if (Math.abs(a.length() - b.length()) > bound || a.length() > LONGEST || b.length() > LONGEST) {
            return bound + 1;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            int leastOfRow = Integer.MAX_VALUE;
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cost(cost, a, b, i, j);
                leastOfRow = Math.min(leastOfRow, cost[i][j]);
            }
            if (leastOfRow > bound + 1) {
                return bound + 1;
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cost(int[][] cost, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
            return Math.min(least, cost[i - 2][j - 2] + 1);
        }
        return least;
    }
}
