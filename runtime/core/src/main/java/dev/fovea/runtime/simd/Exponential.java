package dev.fovea.runtime.simd;

/**
 * The constants of e^x and tanh x in float. With n = round(x / ln 2) and r = x − n·ln 2, |r| ≤ ln 2 / 2,
 *
 * <pre>e^x = 2^n·(1 + r + r²·(E2 + E3·r + E4·r² + E5·r³ + E6·r⁴))</pre>
 *
 * where ln 2 is split in two so that r is exact to float, and n is read off the low bits of {@code x / ln 2 +} {@link
 * #ROUNDER}. Near zero tanh x = x + x³·(T3 + T5·x² + …), elsewhere 1 − 2 / (e^2x + 1). The polynomials are minimax in
 * relative error (3e-9 and 4e-9), fitted by Lawson's iteration.
 *
 * <p>The tail of the standard normal distribution is {@code Φ(−|x|) = e^(−x²/2)·(N1·t + N2·t² + … + N9·t⁹)} with {@code t =
 * 1/(1 + |x|/√8)}: the form is Cody's and Numerical Recipes', the coefficients a minimax fit (4e-8) of our own up to |x| =
 * 13.5, beyond which the tail is below the smallest float.
 */
public final class Exponential {
    /** 1.5·2^23: a float of this size has no bits behind the point. */
    public static final float ROUNDER = 0x1.8p23f;
    /** The bits of {@link #ROUNDER}. */
    public static final int ROUNDER_BITS = 0x4B400000;
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

    public static final float E2 = 0.49999994f;
    public static final float E3 = 0.1666652f;
    public static final float E4 = 0.041668404f;
    public static final float E5 = 0.008368899f;
    public static final float E6 = 0.0013814222f;

    /** Up to it tanh is its polynomial. */
    public static final float TANH_NEAR = 0.625f;

    public static final float T3 = -0.3333328f;
    public static final float T5 = 0.13331442f;
    public static final float T7 = -0.053739715f;
    public static final float T9 = 0.020639086f;
    public static final float T11 = -0.0057049864f;

    /** 1/√8. */
    public static final float NORMAL_STEP = 0.35355338f;

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
        float inside = Math.min(Math.max(x, SMALLEST), LARGEST);
        float rounded = inside * PER_LN2 + ROUNDER;
        float n = rounded - ROUNDER;
        float r = inside - n * LN2_HIGH - n * LN2_LOW;
        float power = 1 + (r + r * r * (E2 + r * (E3 + r * (E4 + r * (E5 + r * E6)))));
        int exponent = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
        // 2^n in two steps: 2^128 is no float.
        float half = Float.intBitsToFloat(((exponent >> 1) + 127) << 23);
        float rest = Float.intBitsToFloat((exponent - (exponent >> 1) + 127) << 23);
        float value = power * half * rest;
        return x < SMALLEST ? 0 : x > LARGEST ? Float.POSITIVE_INFINITY : value;
    }

    /** tanh x. */
    public static float tanh(float x) {
        float magnitude = Math.abs(x);
        if (magnitude <= TANH_NEAR) {
            float square = x * x;
            return x + x * square * (T3 + square * (T5 + square * (T7 + square * (T9 + square * T11))));
        }
        return Math.copySign(1 - 2 / (exp(2 * magnitude) + 1), x);
    }

    /** e^x − 1 of what is not positive, without cancellation near 0: tanh(x/2)·(e^x + 1). */
    public static float exponentialLessOne(float x) {
        return tanh(0.5f * x) * (exp(x) + 1);
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
