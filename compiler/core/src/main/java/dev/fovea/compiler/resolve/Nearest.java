package dev.fovea.compiler.resolve;

import dev.fovea.compiler.diagnostics.Diagnostic;
import dev.fovea.compiler.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The names that a misspelt one may have meant. */
public final class Nearest {
    /** Longer names are not compared: nobody misspells them by a letter, and the comparison is quadratic. */
    private static final int LONGEST = 64;

    /** Among more candidates none is looked for: a hostile file may have as many wrong names as right ones. */
    private static final int CROWD = 4_000;

    private static final int SHOWN = 3;

    /** In names from here on one wrong letter is surely a slip; from {@link #LONG} on, two. */
    private static final int SHORTEST = 4;

    private static final int LONG = 8;

    /** Words of a name such as {@code kernel_size} count from this length on. */
    private static final int WORD = 4;

    private Nearest() {}

    /**
     * At most three of the candidates that differ from a name by few letters (one in three, at least one), by case,
     * underscores or a number of dimensions ({@code conv2d}), or that are one of its words ({@code kernel_size}) or their
     * first letters ({@code learning_rate}); the nearest first.
     */
    public static List<String> to(String name, Collection<String> candidates) {
        record Near(String candidate, int distance) {}
        Optional<String> ours = OtherFrameworks.ours(name, candidates);
        if (ours.isPresent()) {
            return List.of(ours.get());
        }
        if (candidates.size() > CROWD) {
            return List.of();
        }
        int allowed = Math.max(1, name.length() / 3);
        Set<String> words = Set.of(Stream.of(name.split("_")).distinct().toArray(String[]::new));
        String bare = withoutDimensions(name);
        Set<Near> found = new LinkedHashSet<>();
        for (String candidate : candidates) {
            int distance = distanceOrWord(name, bare, words, candidate, allowed);
            if (distance <= allowed && distance < Math.max(name.length(), candidate.length())) {
                found.add(new Near(candidate, distance));
                // What is further than the nearest by two is not shown.
                allowed = Math.min(allowed, distance + 1);
            }
        }
        List<Near> near = new ArrayList<>(found);
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

    /**
     * Adds to a fault what was likely meant, and as a fix where that is certain.
     *
     * @return whether there is anything near
     */
    public static boolean suggest(Diagnostic.Builder fault, Span at, String name, Collection<String> candidates) {
        return suggest(fault, at, name, candidates, near -> isCertain(name, near, SHORTEST), UnaryOperator.identity());
    }

    /**
     * As {@link #suggest(Diagnostic.Builder, Span, String, Collection)}, for a name that is called with arguments. A
     * built-in of another framework takes them in another order or means them otherwise ({@code Conv2d(3, 64, 3)}), so
     * that with its name alone the call would be another layer: it is no fix.
     */
    static void suggestCallee(Diagnostic.Builder fault, Span at, String name, Collection<String> candidates) {
        suggest(fault, at, name, candidates, near -> isCertainCallee(name, near), UnaryOperator.identity());
    }

    /**
     * As {@link #suggest(Diagnostic.Builder, Span, String, Collection)}, for a word that can only be one of a few, so that
     * shorter ones are certain too.
     *
     * @param written how a candidate is written in the place of the word
     */
    public static boolean suggestWord(
            Diagnostic.Builder fault, Span at, String word, Collection<String> choices, UnaryOperator<String> written) {
        return suggest(fault, at, word, choices, near -> isCertain(word, near, SHORTEST - 1), written);
    }

    private static boolean suggest(
            Diagnostic.Builder fault,
            Span at,
            String name,
            Collection<String> candidates,
            Predicate<String> isCertain,
            UnaryOperator<String> written) {
        List<String> near = to(name, candidates);
        if (near.isEmpty()) {
            return false;
        }
        String help = "did you mean " + list(near.stream().map(written).toList(), "or") + "?";
        fault.help(help);
        if (near.size() == 1 && isCertain.test(near.get(0))) {
            fault.fix(at, written.apply(near.get(0)), help);
        }
        return true;
    }

    /** Whether one name can only be a slip for another; names that differ in their numbers may both be meant. */
    static boolean isCertain(String name, String candidate, int shortest) {
        if (OtherFrameworks.ours(name, List.of(candidate)).isPresent()) {
            return !OtherFrameworks.isMeantOtherwise(name);
        }
        int length = Math.min(name.length(), candidate.length());
        if (isAlike(withoutDimensions(name), withoutDimensions(candidate))) {
            return length > 1;
        }
        int slips = length >= LONG ? 2 : 1;
        return length >= shortest
                && !letters(name).equals(letters(candidate))
                && distance(name, candidate, slips) <= slips;
    }

    /** Whether a name that is called with arguments can only be a slip for a candidate. */
    static boolean isCertainCallee(String name, String candidate) {
        boolean isAnothers = OtherFrameworks.ours(name, List.of(candidate)).isPresent()
                || isAlike(withoutDimensions(name), candidate)
                || !name.equals(name.toLowerCase(Locale.ROOT));
        return isCertain(name, candidate, SHORTEST) && !(isAnothers && BuiltIns.knows(candidate));
    }

    private static int distanceOrWord(String name, String bare, Set<String> words, String candidate, int allowed) {
        if (isAlike(name, candidate) || isAlike(bare, candidate)) {
            return 0;
        }
        if (candidate.length() < name.length()
                && ((candidate.length() >= WORD && words.contains(candidate)) || isShortFor(candidate, name))) {
            return 1;
        }
        return distance(name, candidate, allowed);
    }

    /** Whether one name is made of the first letters of the words of another: {@code lr} of {@code learning_rate}. */
    private static boolean isShortFor(String initials, String name) {
        int words = 1;
        if (initials.isEmpty() || name.isEmpty() || initials.charAt(0) != name.charAt(0)) {
            return false;
        }
        for (int at = name.indexOf('_'); at >= 0 && at + 1 < name.length(); at = name.indexOf('_', at + 1)) {
            if (words >= initials.length() || initials.charAt(words) != name.charAt(at + 1)) {
                return false;
            }
            words++;
        }
        return words > 1 && words == initials.length();
    }

    /** The name without the {@code 2d} at its end. */
    static String withoutDimensions(String name) {
        int end = name.length() - 2;
        boolean has = end > 1 && "123".indexOf(name.charAt(end)) >= 0 && "dD".indexOf(name.charAt(end + 1)) >= 0;
        return has ? name.substring(0, end) : name;
    }

    private static String letters(String name) {
        return name.replaceAll("[0-9]", "");
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
        int from = 0;
        int aEnd = a.length();
        int bEnd = b.length();
        while (from < Math.min(aEnd, bEnd) && a.charAt(from) == b.charAt(from)) {
            from++;
        }
        while (Math.min(aEnd, bEnd) > from && a.charAt(aEnd - 1) == b.charAt(bEnd - 1)) {
            aEnd--;
            bEnd--;
        }
        return from == aEnd || from == bEnd
                ? Math.max(aEnd, bEnd) - from
                : differing(a.substring(from, aEnd), b.substring(from, bEnd), bound);
    }

    /** As {@link #distance} of names that begin and end with different letters. */
    private static int differing(String a, String b, int bound) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            int leastOfRow = Integer.MAX_VALUE;
            // Further from the diagonal than the bound no way leads back within it.
            int first = Math.max(0, i - bound);
            int last = Math.min(b.length(), i + bound);
            if (first > 0) {
                cost[i][first - 1] = bound + 1;
            }
            for (int j = first; j <= last; j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cost(cost, a, b, i, j);
                leastOfRow = Math.min(leastOfRow, cost[i][j]);
            }
            if (last < b.length()) {
                cost[i][last + 1] = bound + 1;
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
