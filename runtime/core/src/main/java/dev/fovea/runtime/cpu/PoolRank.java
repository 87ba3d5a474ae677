package dev.fovea.runtime.cpu;

/**
 * The order of a window's elements as numbers: the largest is that of the largest element, and of equal ones of the first. A number and not a decision,
 * since which of some elements is the largest cannot be foreseen: a branch that is guessed wrong costs as much as several of these.
 */
final class PoolRank {
    private PoolRank() {}

    /** The larger the value and the earlier the place, the larger; a NaN above all, both zeros alike. */
    static long of(float value, int place) {
        int bits = Float.floatToIntBits(value + 0f);
        int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return ((long) ordered << Integer.SIZE) | (~place & 0xFFFF_FFFFL);
    }

    /** The place that a rank was made with. */
    static int place(long rank) {
        return ~(int) rank;
    }
}
