package dev.fovea.ops;

/** Two amounts, in front of an axis and behind it: the channels that a {@link Pad} adds. */
public record Ends(int before, int after) {
    /** None at either end. */
    public static final Ends NONE = new Ends(0, 0);

    /** {@code 2} or {@code (0, 16)}, as the language writes it. */
    @Override
    public String toString() {
        return new Pair(before, after).toString();
    }
}
