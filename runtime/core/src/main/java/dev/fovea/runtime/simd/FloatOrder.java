package dev.fovea.runtime.simd;

/**
 * Integers that are ordered as floats are: every NaN above +∞, whatever its sign, +0 above −0, −∞ lowest of all. The larger of two integers is one instruction
 * in a register, that of floats takes seven for the sake of NaN and the zeros.
 */
public final class FloatOrder {
    /** What −∞ becomes: no float is below it. */
    public static final int LOWEST = Integer.MIN_VALUE;
    /** All but the sign, which is turned around where it is set, so that negative numbers are in their order. */
    public static final int MAGNITUDE = Integer.MAX_VALUE;
    /** Then subtracted, which takes the negative NaNs, below −∞ so far, around to the top. */
    public static final int NEGATIVE_NANS = 0x007F_FFFF;

    private static final int SIGN = Integer.SIZE - 1;

    private FloatOrder() {}

    /** The integer of a float. */
    public static int of(float x) {
        int bits = Float.floatToRawIntBits(x);
        return (bits ^ ((bits >> SIGN) & MAGNITUDE)) - NEGATIVE_NANS;
    }

    /** The float of an integer. */
    public static float back(int ordered) {
        int bits = ordered + NEGATIVE_NANS;
        return Float.intBitsToFloat(bits ^ ((bits >> SIGN) & MAGNITUDE));
    }
}
