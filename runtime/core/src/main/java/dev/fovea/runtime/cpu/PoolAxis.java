package dev.fovea.runtime.cpu;

import dev.fovea.ops.Bins;
import dev.fovea.ops.Window;
import java.util.Arrays;

/**
 * The windows of a pooling along one axis, cut to the input: window i reads {@code taps(i)} elements from
 * {@code first(i)} on, {@code step} apart. Windows {@code innerFrom} to {@code innerTo} (exclusive) are whole and
 * {@code stride} apart, so that they can be done together.
 */
final class PoolAxis {
    private final int[] first;
    private final int[] taps;
    private final int[] counts;
    private final int step;
    private final int stride;
    private final int innerTaps;
    private final int before;
    private final boolean uniform;
    private final int innerFrom;
    private final int innerTo;

    private PoolAxis(
            int[] first, int[] taps, int[] counts, int step, int stride, int innerTaps, int before, boolean uniform) {
        this.first = first;
        this.taps = taps;
        this.counts = counts;
        this.step = step;
        this.stride = stride;
        this.innerTaps = innerTaps;
        this.before = before;
        this.uniform = uniform;
        int from = 0;
        while (from < taps.length && taps[from] < innerTaps) {
            from++;
        }
        int to = from;
        while (to < taps.length && taps[to] == innerTaps && first[to] == first[from] + (to - from) * stride) {
            to++;
        }
        this.innerFrom = from;
        this.innerTo = to;
    }

    /**
     * The windows of a pool that slides.
     *
     * @param countPadding whether {@link #count} counts elements of the padding
     */
    static PoolAxis sliding(Window.Axis axis, boolean countPadding) {
        int[] first = new int[axis.output()];
        int[] taps = new int[axis.output()];
        int[] counts = new int[axis.output()];
        int paddedEnd = axis.input() + axis.after();
        for (int i = 0; i < first.length; i++) {
            int start = i * axis.stride() - axis.before();
            int skipped = start < 0 ? (-start + axis.dilation() - 1) / axis.dilation() : 0;
            first[i] = start + skipped * axis.dilation();
            taps[i] = tapsBelow(axis.input(), first[i], axis.dilation(), axis.kernel() - skipped);
            counts[i] = countPadding ? tapsBelow(paddedEnd, start, axis.dilation(), axis.kernel()) : taps[i];
        }
        return new PoolAxis(first, taps, counts, axis.dilation(), axis.stride(), axis.kernel(), axis.before(), true);
    }

    /** The bins of an adaptive pool. */
    static PoolAxis adaptive(int input, int bins) {
        int[] first = new int[bins];
        int[] taps = new int[bins];
        for (int i = 0; i < bins; i++) {
            first[i] = Bins.start(i, bins, input);
            taps[i] = Bins.end(i, bins, input) - first[i];
        }
        boolean regular = input % bins == 0;
        int size = input / bins;
        return new PoolAxis(first, taps, taps, 1, regular ? size : 1, regular ? size : input + 1, 0, regular);
    }

    private static int tapsBelow(int end, int first, int step, int most) {
        return Math.max(0, Math.min(most, (end - first + step - 1) / step));
    }

    /** The windows. */
    int windows() {
        return first.length;
    }

    /** The first element that a window reads. */
    int first(int window) {
        return first[window];
    }

    /** How many elements it reads. */
    int taps(int window) {
        return taps[window];
    }

    /** How many elements a mean over it is divided by. */
    int count(int window) {
        return counts[window];
    }

    /** Whether all windows are alike but for what is cut off: as long as {@link #kernel}, {@link #stride} apart, the first of them {@link #before} before the input. */
    boolean isUniform() {
        return uniform;
    }

    /** By how much the first window begins before the input. */
    int before() {
        return before;
    }

    /** What a window reads of which nothing is cut off. */
    int kernel() {
        return innerTaps;
    }

    /** From one element of a window to the next. */
    int step() {
        return step;
    }

    /** From one inner window to the next. */
    int stride() {
        return stride;
    }

    /** What the largest window reads. */
    int mostTaps() {
        return Arrays.stream(taps).max().orElse(0);
    }

    /** What an inner window reads; 0 when there is none. */
    int innerTaps() {
        return innerFrom < innerTo ? innerTaps : 0;
    }

    /** The first inner window. */
    int innerFrom() {
        return innerFrom;
    }

    /** One more than the last inner window. */
    int innerTo() {
        return innerTo;
    }

    /** Whether all windows are inner ones, the first at the first element. */
    boolean isRegular() {
        return innerFrom == 0 && innerTo == windows() && innerTo > 0 && first[0] == 0;
    }

    /** Whether windows of three neighbours, some perhaps cut at the border, have their middle within so many elements. */
    boolean hasMiddles(int input) {
        int last = windows() - 1;
        return mostTaps() == 3
                && innerTaps() == 3
                && step == 1
                && middle(0) >= 0
                && middle(last) < input
                && middle(last) == first[last] + 1;
    }

    /** The element in the middle of a window, which is there at the border as well. */
    int middle(int window) {
        return first[innerFrom] + 1 + (window - innerFrom) * stride;
    }
}
