package dev.fovea.ops;

import java.util.List;
import java.util.function.DoublePredicate;

/**
 * A bound on a number, and on each number of a pair, padding or list.
 *
 * @param text what is wanted, to follow "must be": {@code at least 1}
 */
public record Limit(String text, DoublePredicate holds) {
    /** No bound. */
    public static final Limit ANY = new Limit("any value", x -> true);
    /** x ≥ 1. */
    public static final Limit AT_LEAST_ONE = new Limit("at least 1", x -> x >= 1);
    /** x ≥ 0. */
    public static final Limit NOT_NEGATIVE = new Limit("0 or more", x -> x >= 0);
    /** x > 0. */
    public static final Limit POSITIVE = new Limit("greater than 0", x -> x > 0);
    /** 0 ≤ x < 1. */
    public static final Limit FRACTION = new Limit("at least 0 and less than 1", x -> x >= 0 && x < 1);
    /** 0 ≤ x ≤ 1. */
    public static final Limit PROBABILITY = new Limit("between 0 and 1", x -> x >= 0 && x <= 1);
    /** 0 < x < 1. */
    public static final Limit INSIDE = new Limit("greater than 0 and less than 1", x -> x > 0 && x < 1);
    /** Odd and positive. */
    public static final Limit ODD = new Limit("an odd number", x -> x >= 1 && x % 2 == 1);

    /** Whether a converted value keeps within the bound; what is no number does. */
    public boolean admits(Object value) {
        if (value instanceof Number number) {
            return holds.test(number.doubleValue());
        }
        if (value instanceof Pair pair) {
            return holds.test(pair.height()) && holds.test(pair.width());
        }
        if (value instanceof Ends ends) {
            return holds.test(ends.before()) && holds.test(ends.after());
        }
        if (value instanceof Padding padding) {
            return holds.test(padding.top())
                    && holds.test(padding.bottom())
                    && holds.test(padding.left())
                    && holds.test(padding.right());
        }
        return !(value instanceof List<?> list) || list.stream().allMatch(this::admits);
    }
}
