package dev.fovea.runtime.simd;

import java.util.Arrays;

/**
 * The largest elements of windows one or two apart, and where they are, for a band of a plane at a time. Which of a few numbers is the largest
 * is a matter of luck, so that branches on it would be predicted wrongly every other time, and C2 makes no vectors of choices between floats.
 * ({@code Math.max} is no help: whether it becomes instructions or branches depends on what else calls it.) But it does of integers: so the
 * band becomes integers that are ordered like its numbers, and each step compares whole ranges of them, by the sign of a difference. First the
 * columns of a window, then its rows; windows that begin between those asked for are done too, since picking elements out takes longer.
 */
final class ScalarMaxima {
    /** Elements of a band; what is held for it stays near the first-level cache. */
    static final int BAND = 2048;

    private static final int POSITIVE_INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final int[] even = new int[BAND];
    private final int[] odd = new int[BAND];
    private final int[] largest = new int[BAND];
    private final int[] places = new int[BAND];
    private final int[] others = new int[BAND];
    private final int[] otherPlaces = new int[BAND];
    private final int[] rowPlaces = new int[BAND];
    private int parts = 1;

    /**
     * How many rows of outputs make a band; 0 where one is too long, or windows are so far apart that most work would be in vain.
     *
     * @param taps the first taps of the stencil: whole rows of it
     * @param xStep from what one row of outputs reads to what the next does
     */
    static int rows(Stencil stencil, int taps, int xStep, int rows, int length) {
        long one = (long) stencil.offsets()[taps - 1] + (long) (length - 1) * stencil.stride() + 1;
        if (stencil.stride() > 2 || one > BAND) {
            return 0;
        }
        return rows == 1 ? 1 : (int) Math.min(rows, 1 + (BAND - one) / Math.max(1, xStep));
    }

    /**
     * Works out where in each window the largest element is; {@link #place} has it then. Where windows lie two apart, and rows a multiple of
     * it, even and odd elements are parted, so that none between are computed.
     *
     * @param from the first element of the first window
     * @param rows no more than {@link #rows} of outputs
     */
    void compute(Stencil stencil, int taps, float[] x, int from, int xStep, int rows, int length) {
        parts = stencil.stride() == 2 && stencil.rowStep() % 2 == 0 && xStep % 2 == 0 ? 2 : 1;
        int columns = stencil.columns();
        int below = stencil.rowStep() / parts;
        int windowRows = taps / columns;
        int count = ((rows - 1) * xStep + (length - 1) * stencil.stride()) / parts + 1;
        int ofRows = count + (windowRows - 1) * below;
        take(x, from, (rows - 1) * xStep + (length - 1) * stencil.stride() + stencil.offsets()[taps - 1] + 1);
        System.arraycopy(even, 0, largest, 0, ofRows);
        Arrays.fill(places, 0, ofRows, 0);
        for (int v = 1; v < columns; v++) {
            int offset = stencil.offsets()[v];
            System.arraycopy(offset % parts == 0 ? even : odd, offset / parts, others, 0, ofRows);
            compare(largest, others, places, offset, ofRows);
        }
        if (windowRows > 1) {
            System.arraycopy(largest, 0, even, 0, ofRows);
            System.arraycopy(places, 0, rowPlaces, 0, ofRows);
        }
        for (int u = 1; u < windowRows; u++) {
            System.arraycopy(even, u * below, others, 0, count);
            System.arraycopy(rowPlaces, u * below, otherPlaces, 0, count);
            compare(largest, others, places, otherPlaces, u * stencil.rowStep(), count);
        }
    }

    /** Brings elements in their order, parted if that is wanted. */
    private void take(float[] x, int from, int count) {
        if (parts == 1) {
            for (int i = 0; i < count; i++) {
                even[i] = Float.floatToRawIntBits(x[from + i]);
            }
            order(even, count);
            return;
        }
        int pairs = count / 2;
        for (int i = 0; i < pairs; i++) {
            even[i] = Float.floatToRawIntBits(x[from + 2 * i]);
            odd[i] = Float.floatToRawIntBits(x[from + 2 * i + 1]);
        }
        if (count % 2 > 0) {
            even[pairs] = Float.floatToRawIntBits(x[from + 2 * pairs]);
        }
        order(even, pairs + count % 2);
        order(odd, pairs);
    }

    /**
     * Where the largest element of a window is.
     *
     * @param window where the window begins, counted from the first one
     * @return counted from where the window begins
     */
    int place(int window) {
        return places[window >> (parts - 1)]; // quicker than a division
    }

    /** From bits of floats to integers of the same order: both zeros the same, and NaN above all. */
    private static void order(int[] x, int count) {
        int end = Math.min(
                count, BAND); // C2 makes vectors of large loops only where it sees that indices are within bounds
        for (int i = 0; i < end; i++) {
            int bits = x[i];
            int magnitude = bits & Integer.MAX_VALUE;
            int isNaN = (POSITIVE_INFINITY - magnitude) >> 31;
            int negative = (bits >> 31) & ~isNaN;
            x[i] = (magnitude ^ negative) - negative;
        }
    }

    /** {@code m = x} and {@code p = offset} where {@code m < x}. */
    private static void compare(int[] m, int[] x, int[] p, int offset, int count) {
        int end = Math.min(count, BAND);
        for (int i = 0; i < end; i++) {
            int a = m[i];
            int b = x[i];
            int place = p[i];
            int difference = a - b;
            int unlike = a ^ b;
            int less = (difference ^ (unlike & (difference ^ a))) >> 31; // the sign, were there no overflow
            m[i] = a ^ (unlike & less);
            p[i] = place ^ ((place ^ offset) & less);
        }
    }

    /** {@code m = x} and {@code p = q + offset} where {@code m < x}. */
    private static void compare(int[] m, int[] x, int[] p, int[] q, int offset, int count) {
        int end = Math.min(count, BAND);
        for (int i = 0; i < end; i++) {
            int a = m[i];
            int b = x[i];
            int place = p[i];
            int difference = a - b;
            int unlike = a ^ b;
            int less = (difference ^ (unlike & (difference ^ a))) >> 31;
            m[i] = a ^ (unlike & less);
            p[i] = place ^ ((place ^ (q[i] + offset)) & less);
        }
    }
}
