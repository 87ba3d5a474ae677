package dev.fovea.runtime.simd;

/**
 * The constants of e^x, e^x − 1 and tanh x in float. With n = round(x / ln 2) and r = x − n·ln 2, |r| ≤ ln 2 / 2,
 *
 * <pre>e^x = 2^n·(1 + r + r²·(E2 + E3·r + E4·r² + E5·r³ + E6·r⁴))</pre>
 *
 * where ln 2 is split in two so that r is exact to float, and n is read off the low bits of {@code x / ln 2 +} {@link
 * #ROUNDER}; 2^n is multiplied with by adding n to the exponent. What this gives for an x that is out of range is thrown away, so x is not
 * clamped before. {@code e^x − 1} is {@code 2^n·(r + r²·(…)) + (2^n − 1)}. The polynomial is minimax in relative error (3e-9), fitted by
 * Lawson's iteration.
 *
 * <p>{@code tanh x = x·(1 + P1·u + P2·u² + P3·u³ + P4·u⁴) / (1 + Q1·u + Q2·u² + Q3·u³ + Q4·u⁴)} with u = x², likewise minimax (8e-8,
 * the coefficients being floats) up to {@link #TANH_END}; none of the terms is negative, so none cancels another.
 *
 * <p>The tail of the standard normal distribution is {@code Φ(−|x|) = e^(−x²/2)·(N1·t + N2·t² + … + N9·t⁹)} with {@code t =
 * 1/(1 + |x|/√8)}: the form is Cody's and Numerical Recipes', the coefficients a minimax fit (4e-8) of our own up to |x| =
 * 13.5, beyond which the tail is below the smallest float.
 */
public final class Exponential {
    /** 1.5·2^23: a float of this size has no bits behind the point. */
    public static final float ROUNDER = 0x1.8p23f;
    /** 1 / ln 2. */
    public static final float PER_LN2 = 1.442695f;
    /** The leading 12 bits of ln 2: n times it is exact. */
    public static final float LN2_HIGH = 0x1.62ep-1f;
    /** What is left of ln 2. */
    public static final float LN2_LOW = (float) (0.6931471805599453 - 0x1.62ep-1);
    /** Above it e^x is infinite. */
    public static final float LARGEST = 88.72284f;
    /** Below it e^x is smaller than the smallest normal number. */
    public static final float SMALLEST = -87.33654f;

    /** Below it e^x − 1 is −1 to float. */
    public static final float LESS_ONE_END = -20;
    /** The bits of 1. */
    public static final int ONE_BITS = 0x3F800000;

    public static final float E2 = 0.49999994f;
    public static final float E3 = 0.1666652f;
    public static final float E4 = 0.041668404f;
    public static final float E5 = 0.008368899f;
    public static final float E6 = 0.0013814222f;

    /** From it on tanh is 1 to float. */
    public static final float TANH_END = 9.02f;

    public static final float P1 = 0.13379718f;
    public static final float P2 = 0.0034940345f;
    public static final float P3 = 0.00002058348f;
    public static final float P4 = 1.3319071E-8f;
    public static final float Q1 = 0.46713033f;
    public static final float Q2 = 0.025871072f;
    public static final float Q3 = 0.00032830925f;
    public static final float Q4 = 7.762019E-7f;

    /** 1/√8. */
    public static final float NORMAL_STEP = 0.35355338f;

    /** 1/√(2π): φ(0). */
    public static final float NORMAL_PEAK = 0.3989423f;

    public static final float N1 = 0.1410437f;
    public static final float N2 = 0.14117926f;
    public static final float N3 = 0.1216124f;
    public static final float N4 = 0.10110577f;
    public static final float N5 = -0.012754773f;
    public static final float N6 = 0.13822806f;
    public static final float N7 = -0.24289933f;
    public static final float N8 = 0.14195059f;
    public static final float N9 = -0.029465698f;

    private Exponential() {}

    /** e^x, to 2 units in the last place; 0 below {@link #SMALLEST}, infinite above {@link #LARGEST}. */
    public static float exp(float x) {
        float rounded = x * PER_LN2 + ROUNDER;
        float power = 1 + lessOne(x, rounded - ROUNDER);
        // 2^128 is no float, but in its reach the power is below 1: its exponent has room.
        float value = Float.intBitsToFloat(Float.floatToRawIntBits(power) + (Float.floatToRawIntBits(rounded) << 23));
        return x < SMALLEST ? 0 : x > LARGEST ? Float.POSITIVE_INFINITY : value;
    }

    /** e^r − 1 with r = x − n·ln 2. */
    private static float lessOne(float x, float n) {
        float r = x - n * LN2_HIGH - n * LN2_LOW;
        return r + r * r * (E2 + r * (E3 + r * (E4 + r * (E5 + r * E6))));
    }

    /** tanh x. */
    public static float tanh(float x) {
        float magnitude = Math.abs(x);
        float inside = magnitude > TANH_END ? TANH_END : magnitude;
        float u = inside * inside;
        float above = inside * (1 + u * (P1 + u * (P2 + u * (P3 + u * P4))));
        float below = 1 + u * (Q1 + u * (Q2 + u * (Q3 + u * Q4)));
        float value = above / below;
        return Math.copySign(value > 1 ? 1 : value, x);
    }

    /** e^x − 1 of what is not positive, without cancellation near 0. */
    public static float exponentialLessOne(float x) {
        float rounded = x * PER_LN2 + ROUNDER;
        float part = lessOne(x, rounded - ROUNDER);
        float power = Float.intBitsToFloat(ONE_BITS + (Float.floatToRawIntBits(rounded) << 23));
        return x < LESS_ONE_END ? -1 : part * power + (power - 1);
    }

    /** Φ(x), the standard normal distribution. */
    public static float normalShare(float x) {
        float t = 1 / (1 + Math.abs(x) * NORMAL_STEP);
        float sum = t * N9 + N8;
        sum = t * sum + N7;
        sum = t * sum + N6;
        sum = t * sum + N5;
        sum = t * sum + N4;
        sum = t * sum + N3;
        sum = t * sum + N2;
        sum = t * sum + N1;
        float tail = exp(-0.5f * x * x) * (t * sum);
        return x > 0 ? 1 - tail : tail;
    }
}
