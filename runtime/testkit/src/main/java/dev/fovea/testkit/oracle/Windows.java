package dev.fovea.testkit.oracle;

import dev.fovea.ops.Padding;

/** Counts windows along one axis by sliding one. */
final class Windows {
    private Windows() {}

    /** Above and below, or left and right; "same" by TensorFlow's rule. */
    static int[] sides(Padding padding, boolean rows, int input, int extent, int stride) {
        return switch (padding.mode()) {
            case EXPLICIT ->
                rows ? new int[] {padding.top(), padding.bottom()} : new int[] {padding.left(), padding.right()};
            case VALID -> new int[] {0, 0};
            case SAME -> {
                int total = Math.max(0, ((input + stride - 1) / stride - 1) * stride + extent - input);
                yield new int[] {total / 2, total - total / 2};
            }
        };
    }

    /** The windows that lie wholly within the padded input. */
    static int within(int input, int[] sides, int extent, int stride) {
        int count = 0;
        while (count * stride + extent <= sides[0] + input + sides[1]) {
            count++;
        }
        return count;
    }

    /** The least number of windows that leaves nothing behind the last. */
    static int covering(int input, int[] sides, int extent, int stride) {
        int count = 1;
        while ((count - 1) * stride + extent < sides[0] + input + sides[1]) {
            count++;
        }
        return count;
    }

    /** The windows of PyTorch's pools: rounded up only as far as a window begins before the input's end. */
    static int pooled(int input, int[] sides, int extent, int stride, boolean ceilMode) {
        if (!ceilMode) {
            return within(input, sides, extent, stride);
        }
        int count = covering(input, sides, extent, stride);
        return (count - 1) * stride - sides[0] < input ? count : count - 1;
    }
}
