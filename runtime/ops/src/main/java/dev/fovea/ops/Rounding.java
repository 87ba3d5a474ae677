package dev.fovea.ops;

/** What becomes of a last window that lies only partly within the padded input. */
public enum Rounding {
    /** It is left out. */
    FLOOR,
    /** It is kept: what hangs over reads padding. */
    CEIL,
    /** As {@link #CEIL}, but a window that would start behind the input, in the right padding, is left out: PyTorch's pools. */
    CEIL_FROM_INSIDE,
    /** There must be none. */
    EXACT;

    /** The argument of a convolution. */
    public static final AttributeType TYPE = AttributeType.oneOf("floor", "ceil", "exact");

    static Rounding of(String word) {
        return switch (word) {
            case "ceil" -> CEIL;
            case "exact" -> EXACT;
            default -> FLOOR;
        };
    }
}
