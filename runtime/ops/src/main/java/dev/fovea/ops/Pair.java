package dev.fovea.ops;

/** Two extents, of height and width: a kernel, a stride, a dilation. */
public record Pair(int height, int width) {
    /** The same number for both. */
    public static Pair square(int extent) {
        return new Pair(extent, extent);
    }

    /** Whether both are equal. */
    public boolean isSquare() {
        return height == width;
    }

    /** {@code 3} or {@code (3, 5)}, as the language writes it. */
    @Override
    public String toString() {
        return isSquare() ? Integer.toString(height) : "(" + height + ", " + width + ")";
    }
}
