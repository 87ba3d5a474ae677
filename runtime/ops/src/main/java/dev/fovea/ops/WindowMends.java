package dev.fovea.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * The paddings and input sizes nearest to the present ones with which nothing of the input is left unread, or with which
 * the stride divides exactly.
 */
record WindowMends(Optional<String> padding, List<String> sizes) {
    /** Padding that far from the present one is no mend. */
    private static final int FARTHEST = 64;

    static WindowMends of(Window window, boolean exact) {
        Window.Axis rows = window.rows();
        Window.Axis columns = window.columns();
        Optional<String> padding = nearestPadding(rows, exact)
                .flatMap(p -> nearestPadding(columns, exact).map(q -> Formula.pair(p, q)));
        List<String> sizes = new ArrayList<>();
        long below = Math.min(rows.input(), columns.input());
        if (excess(rows, exact) < below && excess(columns, exact) < below) {
            sizes.add(Formula.times(rows.input() - excess(rows, exact), columns.input() - excess(columns, exact)));
        }
        sizes.add(Formula.times(rows.input() + missing(rows, exact), columns.input() + missing(columns, exact)));
        return new WindowMends(padding, sizes);
    }

    /** The mends as sentences. */
    List<String> help() {
        String inputs = "an input of " + String.join(" or ", sizes);
        return padding.map(p -> List.of("use padding=" + p, "or " + inputs)).orElse(List.of("use " + inputs));
    }

    /** The elements by which the input is too long: none where the axis is read as it should be. */
    private static long excess(Window.Axis axis, boolean exact) {
        return exact ? axis.rest() : axis.unread();
    }

    private static long missing(Window.Axis axis, boolean exact) {
        return excess(axis, exact) == 0 ? 0 : axis.stride() - axis.rest();
    }

    /** Even padding, less than the window; of two equally near the larger. Empty when there is none. */
    private static Optional<Long> nearestPadding(Window.Axis axis, boolean exact) {
        long present = axis.after();
        if (excess(axis, exact) == 0 && axis.before() == axis.after()) {
            return Optional.of(present);
        }
        LongPredicate serves = p -> {
            long room = axis.input() + 2 * p - axis.extent();
            long rest = Math.floorMod(room, (long) axis.stride());
            return p >= 0 && p < axis.extent() && room >= 0 && rest <= (exact ? 0 : p);
        };
        return LongStream.rangeClosed(1, FARTHEST)
                .flatMap(distance -> LongStream.of(present + distance, present - distance))
                .filter(serves)
                .boxed()
                .findFirst();
    }
}
