package dev.fovea.ops;

import java.util.List;

/**
 * The bins of adaptive pooling along one axis: bin i of n over H elements reaches from floor(i·H/n) to, exclusively,
 * ceil((i + 1)·H/n). Bins overlap by at most one element, or repeat where n > H.
 */
public final class Bins {
    private Bins() {}

    /** The first element of a bin. */
    public static int start(int bin, int bins, int extent) {
        return (int) ((long) bin * extent / bins);
    }

    /** One more than the last element of a bin. */
    public static int end(int bin, int bins, int extent) {
        return (int) (((bin + 1L) * extent + bins - 1) / bins);
    }

    /** CNN0312 where elements are repeated to fill the bins. */
    static void report(Shape input, Pair size, Findings findings) {
        if (size.height() <= input.height() && size.width() <= input.width()) {
            return;
        }
        findings.warn(
                "CNN0312",
                "the adaptive pool makes its input larger",
                Formula.times(size.height(), size.width()) + " bins over "
                        + Formula.times(input.height(), input.width()) + " elements: elements are repeated",
                List.of("use a size of at most "
                        + Formula.pair(
                                Math.min(size.height(), input.height()), Math.min(size.width(), input.width()))));
    }
}
