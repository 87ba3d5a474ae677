package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;

/** How two shapes that should agree can be made to. */
final class Joins {
    private Joins() {}

    /** The one shape of all inputs; CNN0304 where they differ. */
    static Shape same(String verb, List<Shape> inputs) throws Misfit {
        Shape first = inputs.get(0);
        for (int i = 1; i < inputs.size(); i++) {
            if (!inputs.get(i).equals(first)) {
                throw new Misfit(
                        "CNN0304",
                        "the shapes to " + verb + " do not agree",
                        "input 1 is " + first + ", input " + (i + 1) + " is " + inputs.get(i),
                        mends(first, inputs.get(i)));
            }
        }
        return first;
    }

    private static List<String> mends(Shape first, Shape other) {
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
        List<String> mends = new ArrayList<>();
        mends.add("check the stride and padding of what comes before: heights " + first.height() + " and "
                + other.height() + ", widths " + first.width() + " and " + other.width());
        if (first.channels() == other.channels()) {
            mends.addAll(positions(first, other));
        }
        return mends;
    }

    /** How the heights and widths of two pictures can be made equal, whatever their channels. */
    static List<String> positions(Shape first, Shape other) {
        Shape larger = first.area() >= other.area() ? first : other;
        Shape smaller = larger.equals(first) ? other : first;
        int times = larger.height() / smaller.height();
        if (times > 1 && smaller.height() * times == larger.height() && smaller.width() * times == larger.width()) {
            return List.of(
                    "`upsample(" + times + ")` on " + smaller + " makes it " + sized(smaller, larger),
                    "`maxpool(" + times + ")` on " + larger + " makes it " + sized(larger, smaller));
        }
        if (larger.height() >= smaller.height() && larger.width() >= smaller.width()) {
            return List.of("`center_crop(" + Formula.pair(smaller.height(), smaller.width()) + ")` on " + larger
                    + " makes it " + sized(larger, smaller));
        }
        return List.of();
    }

    private static Shape sized(Shape channels, Shape positions) {
        return Shape.of(channels.channels(), positions.height(), positions.width());
    }

    private static int ceilDiv(int value, int divisor) {
        return (value - 1) / divisor + 1;
    }
}
