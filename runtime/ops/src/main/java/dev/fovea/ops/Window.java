package dev.fovea.ops;

/**
 * A window that slides over an image, worked out for one size of input: what the shape rule, the kernels and the messages
 * of convolution and pooling share. Along each axis there are
 *
 * <pre>H' = floor((H + before + after − D·(F − 1) − 1) / S) + 1</pre>
 *
 * windows, or as {@link Rounding} has it; window i begins at {@code i·S − before}.
 *
 * @param rows along the height
 * @param columns along the width
 */
public record Window(Axis rows, Axis columns) {

    /**
     * One axis of a window.
     *
     * @param input the elements of the input, H
     * @param kernel the elements a window reads, F
     * @param stride from one window to the next, S
     * @param dilation from one element a window reads to the next, D
     * @param before the padding above or to the left
     * @param after the padding below or to the right, without what {@link #overhang} adds
     * @param output the number of windows, H'
     */
    public record Axis(int input, int kernel, int stride, int dilation, int before, int after, int output) {

        /** The elements from the first to the last that one window reads: D·(F − 1) + 1. */
        public long extent() {
            return extent(kernel, dilation);
        }

        /** The elements of the input and its padding, without the overhang. */
        public long padded() {
            return (long) input + before + after;
        }

        /** The elements by which the last window reads beyond the padded input; 0 unless rounded up. */
        public long overhang() {
            return Math.max(0, -slack());
        }

        /** The elements at the end of the padded input that no window reads: the remainder r when rounded down. */
        public long rest() {
            return Math.max(0, slack());
        }

        /** The elements of {@link #rest} that are input, not padding; 0 where the stride leaves gaps anyway. */
        public long unread() {
            return stride > extent() ? 0 : Math.max(0, slack() - after);
        }

        /** The input's elements between one window and the next that neither reads; 0 where they touch or overlap. */
        public long gap() {
            return output > 1 ? Math.max(0, stride - extent()) : 0;
        }

        private long slack() {
            return padded() - ((long) (output - 1) * stride + extent());
        }

        private static long extent(int kernel, int dilation) {
            return (long) dilation * (kernel - 1L) + 1;
        }
    }

    /**
     * A window over an image.
     *
     * @param input {@code [C, H, W]}
     * @throws Misfit CNN0301 when no window fits, CNN0303 when the output is too large, CNN0305 on a remainder that
     *     {@link Rounding#EXACT} forbids
     */
    static Window over(Shape input, Pair kernel, Pair stride, Padding padding, Pair dilation, Rounding rounding)
            throws Misfit {
        AxisSum rows = AxisSum.of(
                input.height(), kernel.height(), stride.height(), dilation.height(), padding, true, rounding);
        AxisSum columns =
                AxisSum.of(input.width(), kernel.width(), stride.width(), dilation.width(), padding, false, rounding);
        if (rows.output() < 1 || columns.output() < 1) {
            throw WindowMessages.doesNotFit(input, kernel, dilation, rows, columns);
        }
        long longest = Math.max(rows.padded(), columns.padded());
        if (longest > Integer.MAX_VALUE) {
            throw WindowMessages.tooLarge(padding, longest);
        }
        Window window = new Window(rows.axis(), columns.axis());
        if (rounding == Rounding.EXACT) {
            window.requireExact();
        }
        return window;
    }

    /** A window over an image that the shape rule has accepted. */
    static Window accepted(Shape input, Pair kernel, Pair stride, Padding padding, Pair dilation, Rounding rounding) {
        try {
            return over(input, kernel, stride, padding, dilation, rounding);
        } catch (Misfit misfit) {
            throw new IllegalArgumentException(misfit.message() + ": " + misfit.label(), misfit);
        }
    }

    /** Refuses a remainder: CNN0305. */
    void requireExact() throws Misfit {
        if (rows.rest() > 0 || columns.rest() > 0) {
            throw WindowMessages.remainder(this);
        }
    }

    /** The output of an operator with this many channels. */
    Shape output(int channels) {
        return Shape.of(channels, rows.output, columns.output);
    }

    /** Adds what is worth knowing about the windows that do and do not fit. */
    void report(Padding padding, Findings findings) {
        WindowMessages.report(this, padding, findings);
    }
}
