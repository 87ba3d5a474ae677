package dev.fovea.ops;

/**
 * Padding on the four sides, in elements, or by rule. With {@link Mode#SAME} and {@link Mode#VALID} the four numbers are
 * 0 and the shape rule works out what they come to, see {@link Window}.
 */
public record Padding(Mode mode, int top, int bottom, int left, int right) {
    /** How the numbers come about. */
    public enum Mode {
        /** The four numbers as given. */
        EXPLICIT,
        /** So much that the output has ceil(H / S) rows; an odd rest goes to the bottom and right. */
        SAME,
        /** None. */
        VALID
    }

    /** No padding. */
    public static final Padding NONE = new Padding(Mode.EXPLICIT, 0, 0, 0, 0);

    /** Padding of the given numbers. */
    public static Padding of(int top, int bottom, int left, int right) {
        return new Padding(Mode.EXPLICIT, top, bottom, left, right);
    }

    /** The same on all four sides. */
    public static Padding all(int amount) {
        return of(amount, amount, amount, amount);
    }

    /** Whether top = bottom and left = right. */
    public boolean isSymmetric() {
        return top == bottom && left == right;
    }

    /** {@code 1}, {@code (1, 2)}, {@code (1, 0, 2, 1)} or {@code "same"}, as the language writes it. */
    @Override
    public String toString() {
        if (mode != Mode.EXPLICIT) {
            return '"' + (mode == Mode.SAME ? "same" : "valid") + '"';
        }
        if (isSymmetric()) {
            return new Pair(top, left).toString();
        }
        return "(" + top + ", " + bottom + ", " + left + ", " + right + ")";
    }
}
