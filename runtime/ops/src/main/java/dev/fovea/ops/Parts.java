package dev.fovea.ops;

import java.util.List;

/** What is said where a part of a tensor is wanted that the tensor does not have: CNN0320. */
final class Parts {
    private static final List<String> AXES = List.of("channels", "height", "width");

    private Parts() {}

    /** CNN0320: positions {@code from} to, exclusively, {@code to} of an axis. */
    static void checkRange(Shape input, int axis, int from, int to) throws Misfit {
        int extent = input.extent(axis);
        String name = input.rank() == 3 || axis == 0 ? AXES.get(axis) : "axis " + axis;
        if (from >= to) {
            throw misfit(
                    "the slice is empty",
                    "from " + from + " to, exclusively, " + to + " leaves nothing of " + name,
                    "`to` is exclusive: it must be greater than `from`");
        }
        if (to > extent) {
            throw misfit(
                    "the slice reaches beyond the input",
                    "positions " + from + " to " + (to - 1) + " along " + name + " of " + input
                            + ", whose positions are 0 to " + (extent - 1),
                    "`to` is exclusive: use to=" + extent + " for the last position");
        }
    }

    /** CNN0320: rows and columns cut off on both sides. */
    static void checkCrop(Shape input, Padding amounts) throws Misfit {
        checkCrop(input.height(), amounts.top(), amounts.bottom(), "row", input);
        checkCrop(input.width(), amounts.left(), amounts.right(), "column", input);
    }

    private static void checkCrop(int extent, long before, long after, String noun, Shape input) throws Misfit {
        if (before + after >= extent) {
            throw misfit(
                    "the crop leaves nothing",
                    extent + " − " + before + " − " + after + " = " + minus(extent - before - after) + " " + noun
                            + "s of " + input,
                    "the two amounts must add up to less than " + extent);
        }
    }

    /** CNN0320: a size larger than the input's. */
    static void checkSize(Shape input, Pair size) throws Misfit {
        if (size.height() > input.height() || size.width() > input.width()) {
            throw misfit(
                    "the crop is larger than the input",
                    Formula.times(size.height(), size.width()) + " of an input of "
                            + Formula.times(input.height(), input.width()),
                    "use a size of at most "
                            + Formula.pair(
                                    Math.min(size.height(), input.height()), Math.min(size.width(), input.width()))
                            + ", or `pad` the input first");
        }
    }

    private static String minus(long value) {
        return value < 0 ? "−" + -value : Long.toString(value);
    }

    private static Misfit misfit(String message, String label, String help) {
        return new Misfit("CNN0320", message, label, List.of(help));
    }
}
