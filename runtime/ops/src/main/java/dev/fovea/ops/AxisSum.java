package dev.fovea.ops;

/**
 * One axis of a window before it is known to fit: sizes that the user wrote, hence in 64 bits and possibly senseless.
 *
 * @param hang how far a window may hang over the end of the padded input
 * @param output the number of windows, less than 1 when none fits
 */
record AxisSum(int input, int kernel, int stride, int dilation, long before, long after, long hang, long output) {

    static AxisSum of(
            int input, int kernel, int stride, int dilation, Padding padding, boolean rows, Rounding rounding) {
        long extent = (long) dilation * (kernel - 1L) + 1;
        long before = 0;
        long after = 0;
        switch (padding.mode()) {
            case EXPLICIT -> {
                before = rows ? padding.top() : padding.left();
                after = rows ? padding.bottom() : padding.right();
            }
            case SAME -> {
                long windows = Math.floorDiv(input - 1L, (long) stride) + 1;
                long total = Math.max(0, (windows - 1) * stride + extent - input);
                before = total / 2;
                after = total - before;
            }
            case VALID -> {}
        }
        long room = input + before + after - extent;
        boolean up = rounding == Rounding.CEIL || rounding == Rounding.CEIL_FROM_INSIDE;
        long hang = up ? stride - 1L : 0;
        long output = Math.floorDiv(room + hang, (long) stride) + 1;
        if (rounding == Rounding.CEIL_FROM_INSIDE && (output - 1) * stride >= input + before) {
            output--;
        }
        return new AxisSum(input, kernel, stride, dilation, before, after, hang, output);
    }

    Window.Axis axis() {
        return new Window.Axis(
                input,
                kernel,
                stride,
                dilation,
                Math.toIntExact(before),
                Math.toIntExact(after),
                Math.toIntExact(output));
    }

    long extent() {
        return (long) dilation * (kernel - 1L) + 1;
    }

    long padded() {
        return input + before + after;
    }

    /** The largest kernel of which a window fits. */
    long largestKernel() {
        return (padded() + hang - 1) / dilation + 1;
    }

    /** The least padding on both sides, and at least the present one, that lets the kernel fit. */
    long leastPadding() {
        return Math.max(Math.max(before, after), Math.floorDiv(extent() - input + 1, 2L));
    }
}
