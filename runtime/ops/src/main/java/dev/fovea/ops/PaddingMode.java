package dev.fovea.ops;

import java.util.Locale;

/** What a convolution reads beyond the border of its input. */
public enum PaddingMode {
    /** 0. */
    ZEROS,
    /** The input mirrored at its first and last element, which is not repeated: at most H − 1 elements. */
    REFLECT,
    /** The element on the border. */
    REPLICATE,
    /** The input again from its other end: at most H elements. */
    CIRCULAR;

    /** The argument of a convolution. */
    static final AttributeType TYPE = AttributeType.oneOf("zeros", "reflect", "replicate", "circular");

    static PaddingMode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The most that an axis can be padded by on one side. */
    int limit(int extent) {
        return switch (this) {
            case REFLECT -> extent - 1;
            case CIRCULAR -> extent;
            case ZEROS, REPLICATE -> Integer.MAX_VALUE;
        };
    }

    /**
     * The position within the input that a padded position reads.
     *
     * @param position counted from the input's first element: negative in the padding before it
     * @param extent the input's elements along this axis
     * @return −1 where 0 is read
     */
    public int source(int position, int extent) {
        if (position >= 0 && position < extent) {
            return position;
        }
        return switch (this) {
            case ZEROS -> -1;
            case REFLECT -> position < 0 ? -position : 2 * (extent - 1) - position;
            case REPLICATE -> position < 0 ? 0 : extent - 1;
            case CIRCULAR -> Math.floorMod(position, extent);
        };
    }
}
