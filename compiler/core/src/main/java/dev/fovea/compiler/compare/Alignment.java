package dev.fovea.compiler.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToIntBiFunction;

/**
 * Pairs what corresponds in two lists without crossing: the pairing with the greatest sum of likenesses (Needleman and Wunsch,
 * 1970, with gaps that cost nothing). What is identical at both ends is paired first, so that two versions of a large model,
 * which are mostly the same, cost little.
 */
final class Alignment {
    /** No partner. */
    static final int NONE = -1;

    /** Cells of the table at most, a byte each; beyond it only the ends are paired. */
    private static final long LARGEST_TABLE = 64L << 20;

    private static final byte PAIR = 0;
    private static final byte SKIP_FROM = 1;
    private static final byte SKIP_TO = 2;

    private Alignment() {}

    /**
     * The places that correspond.
     *
     * @param likeness of two elements; 0 where they cannot be a pair
     * @param identical whether two elements at an end are surely a pair
     * @return for each place of {@code from} its place in {@code to}, or {@link #NONE}
     */
    static <T> List<Integer> of(List<T> from, List<T> to, ToIntBiFunction<T, T> likeness, BiPredicate<T, T> identical) {
        int[] partners = new int[from.size()];
        Arrays.fill(partners, NONE);
        int head = 0;
        int shorter = Math.min(from.size(), to.size());
        while (head < shorter && identical.test(from.get(head), to.get(head))) {
            partners[head] = head;
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && identical.test(from.get(from.size() - 1 - tail), to.get(to.size() - 1 - tail))) {
            tail++;
            partners[from.size() - tail] = to.size() - tail;
        }
        int rows = from.size() - head - tail;
        int columns = to.size() - head - tail;
        if ((long) (rows + 1) * (columns + 1) <= LARGEST_TABLE) {
            align(from.subList(head, head + rows), to.subList(head, head + columns), likeness, partners, head);
        }
        List<Integer> places = new ArrayList<>(partners.length);
        for (int partner : partners) {
            places.add(partner);
        }
        return places;
    }

    private static <T> void align(
            List<T> from, List<T> to, ToIntBiFunction<T, T> likeness, int[] partners, int offset) {
        int rows = from.size();
        int columns = to.size();
        byte[][] steps = new byte[rows + 1][columns + 1];
        // From the end, so that the way back through the table is forward.
        int[] below = new int[columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            int[] best = new int[columns + 1];
            for (int j = columns - 1; j >= 0; j--) {
                int alike = likeness.applyAsInt(from.get(i), to.get(j));
                int paired = alike == 0 ? -1 : alike + below[j + 1];
                best[j] = Math.max(paired, Math.max(below[j], best[j + 1]));
                steps[i][j] = best[j] == paired ? PAIR : best[j] == below[j] ? SKIP_FROM : SKIP_TO;
            }
            below = best;
        }
        int i = 0;
        int j = 0;
        while (i < rows && j < columns) {
            if (steps[i][j] == PAIR) {
                partners[offset + i++] = offset + j++;
            } else if (steps[i][j] == SKIP_FROM) {
                i++;
            } else {
                j++;
            }
        }
    }
}
