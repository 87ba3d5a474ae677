package dev.fovea.ops;

/** Where tensors and parameters begin in the memory that they share: at a multiple of 16 floats, a cache line of 64 bytes. */
public final class Alignment {
    private static final long FLOATS = 16;

    private Alignment() {}

    /**
     * The next place where something may begin.
     *
     * @param floats a place or a length, not negative
     * @return the least multiple of 16 that is not less
     */
    public static long up(long floats) {
        return (floats + FLOATS - 1) / FLOATS * FLOATS;
    }
}
