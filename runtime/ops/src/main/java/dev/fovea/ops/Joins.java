package dev.fovea.ops;

import java.util.List;

/** How two shapes that should agree can be made to. */
final class Joins {
    private Joins() {}

    static List<String> mends(Shape first, Shape other) {
        if (first.rank() != 3 || other.rank() != 3) {
            return first.size() == other.size()
                    ? List.of("`reshape` or `flatten` one of them")
                    : List.of("nothing is broadcast: make both of one shape");
        }
        if (first.height() == other.height() && first.width() == other.width()) {
            return List.of(
                    "`conv(" + first.channels() + ", kernel=1)` on input " + other + " makes the channels agree");
        }
        Shape larger = first.area() >= other.area() ? first : other;
        Shape smaller = larger.equals(first) ? other : first;
        int rows = larger.height() / smaller.height();
        if (rows > 1
                && ceilDiv(larger.height(), rows) == smaller.height()
                && ceilDiv(larger.width(), rows) == smaller.width()) {
            return List.of("`conv(" + smaller.channels() + ", kernel=1, stride=" + rows + ")` on " + larger
                    + " makes it " + smaller);
        }
        return List.of("check the stride and padding of what comes before: heights " + first.height() + " and "
                + other.height() + ", widths " + first.width() + " and " + other.width());
    }

    private static int ceilDiv(int value, int divisor) {
        return (value - 1) / divisor + 1;
    }
}
