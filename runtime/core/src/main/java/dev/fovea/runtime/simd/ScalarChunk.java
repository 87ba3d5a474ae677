package dev.fovea.runtime.simd;

/**
 * Functions of {@link Exponential} for a piece of a range, with the same bits. C2 vectorises a loop only where all arrays are reached by the
 * same index, and neither conversions between the bits of floats and integers nor choices at all; so a piece is copied to the beginning of an
 * array, polynomials and divisions are loops of their own, and what an element has to be looked at for is a loop of few operations. Per
 * element 2 ns in place of 7.
 */
final class ScalarChunk {
    /** Floats of a piece: all arrays of it stay in the first-level cache. */
    static final int LENGTH = 512;
    /** Shorter ranges are done an element at a time. */
    static final int SHORT = 32;

    /** Up to it e^x is a normal number, and so is e^−x. */
    private static final float INSIDE = 87f;

    private static final int FOUR = Float.floatToRawIntBits(4f);
    private static final int END = Float.floatToRawIntBits(Exponential.TANH_END);
    private static final int POSITIVE_INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    /** What is read, and may be changed. */
    final float[] in = new float[LENGTH];

    /** What is computed. */
    final float[] out = new float[LENGTH];

    private final float[] density = new float[LENGTH];
    private final float[] other = new float[LENGTH];
    private final float[] power = new float[LENGTH];
    private final float[] rounded = new float[LENGTH];

    /** {@code in = x}. */
    void take(float[] x, int xAt, int count) {
        System.arraycopy(x, xAt, in, 0, count);
    }

    /** {@code y = out}. */
    void give(float[] y, int yAt, int count) {
        System.arraycopy(out, 0, y, yAt, count);
    }

    /** {@code out = e^(in − shift)}. */
    void exp(float shift, int count) {
        shift(in, shift, other, count);
        exp(other, out, count);
    }

    /** {@code out = 1/(1 + e^−in)}. */
    void sigmoid(int count) {
        scaled(in, -1, other, count);
        exp(other, out, count);
        perOnePlus(out, count);
    }

    /** {@code out = in·σ(in)}. */
    void silu(int count) {
        sigmoid(count);
        multiply(in, out, count);
    }

    /** {@code out = σ(in) + in·σ(in)·(1 − σ(in))}. */
    void siluSlope(int count) {
        sigmoid(count);
        siluSlope(in, out, count);
    }

    /** {@code out = tanh in}. */
    void tanh(int count) {
        int beyond4 = 0;
        for (int i = 0; i < count; i++) {
            beyond4 |= FOUR - (Float.floatToRawIntBits(in[i]) & Integer.MAX_VALUE);
        }
        if (beyond4 >= 0) { // far from where tanh has to be kept from exceeding 1, and odd like the fraction
            fraction(in, out, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int magnitude = Float.floatToRawIntBits(in[i]) & Integer.MAX_VALUE;
            int beyond = (END - magnitude) >> 31; // all ones, else 0
            beyond &= ~((POSITIVE_INFINITY - magnitude) >> 31); // a NaN stays one
            other[i] = Float.intBitsToFloat(magnitude ^ ((magnitude ^ END) & beyond));
        }
        fraction(other, out, count);
        for (int i = 0; i < count; i++) {
            int bits =
                    Float.floatToRawIntBits(out[i]); // not negative, so that its bits are in the order of the numbers
            int above = (Exponential.ONE_BITS - bits) >> 31;
            above &= ~((POSITIVE_INFINITY - bits) >> 31);
            int value = bits ^ ((bits ^ Exponential.ONE_BITS) & above);
            out[i] = Float.intBitsToFloat(value | (Float.floatToRawIntBits(in[i]) & Integer.MIN_VALUE));
        }
    }

    /** {@code out = in} where it is positive, else {@code a·(e^in − 1)}. */
    void elu(float a, int count) {
        powers(in, power, rounded, count);
        for (int i = 0; i < count; i++) {
            float x = in[i];
            float scale = Float.intBitsToFloat(Exponential.ONE_BITS + (Float.floatToRawIntBits(rounded[i]) << 23));
            float low = x < Exponential.LESS_ONE_END ? -1 : power[i] * scale + (scale - 1);
            int bits = Float.floatToRawIntBits(x);
            int notPositive = (bits | (bits - 1)) >> 31;
            out[i] = Float.intBitsToFloat((Float.floatToRawIntBits(a * low) & notPositive) | (bits & ~notPositive));
        }
    }

    /** {@code out = Φ(in) + in·φ(in)}. */
    void geluSlope(int count) {
        halfSquare(in, other, count);
        exp(other, density, count);
        System.arraycopy(density, 0, out, 0, count);
        chooseShare(count);
        addDensity(in, density, out, count);
    }

    /** {@code out = Φ(in)}. */
    void normalShare(int count) {
        halfSquare(in, other, count);
        exp(other, out, count);
        chooseShare(count);
    }

    /** From {@code out = e^(−in²/2)} to Φ. */
    private void chooseShare(int count) {
        tail(in, out, other, count);
        for (int i = 0; i < count; i++) {
            int bits = Float.floatToRawIntBits(in[i]);
            int notPositive = (bits | (bits - 1)) >> 31;
            int tail = Float.floatToRawIntBits(out[i]);
            out[i] = Float.intBitsToFloat((tail & notPositive) | (Float.floatToRawIntBits(other[i]) & ~notPositive));
        }
    }

    /** {@code out = in^(−exponent)}; see {@link ScalarFunctions#inversePower(float, float)}. */
    void inversePower(float exponent, int count) {
        if (exponent == 0.25f) {
            root(in, other, count);
            root(other, out, count);
            reciprocal(out, count);
        } else if (exponent == 0.5f) {
            root(in, out, count);
            reciprocal(out, count);
        } else if (exponent == 0.75f) {
            root(in, other, count);
            root(other, out, count);
            reciprocalOfProduct(other, out, count);
        } else {
            System.arraycopy(in, 0, out, 0, count);
            reciprocal(out, count);
        }
    }

    private void exp(float[] x, float[] y, int count) {
        powers(x, power, rounded, count);
        for (int i = 0; i < count; i++) {
            float value = Float.intBitsToFloat(
                    Float.floatToRawIntBits(1 + power[i]) + (Float.floatToRawIntBits(rounded[i]) << 23));
            y[i] = Math.abs(x[i]) <= INSIDE ? value : Exponential.exp(x[i]);
        }
    }

    /** e^x less one, but for a power of two, and in the low bits of the other result which. */
    private static void powers(float[] x, float[] power, float[] rounded, int count) {
        int end = Math.min(
                count, LENGTH); // C2 makes vectors of large loops only where it sees that indices are within bounds
        for (int i = 0; i < end; i++) {
            float in = x[i];
            float sum = in * Exponential.PER_LN2 + Exponential.ROUNDER;
            float n = sum - Exponential.ROUNDER;
            float r = in - n * Exponential.LN2_HIGH - n * Exponential.LN2_LOW;
            float tail = Exponential.E5 + r * Exponential.E6;
            tail = Exponential.E4 + r * tail;
            tail = Exponential.E3 + r * tail;
            tail = Exponential.E2 + r * tail;
            power[i] = r + r * r * tail;
            rounded[i] = sum;
        }
    }

    private static void shift(float[] x, float shift, float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            y[i] = x[i] - shift;
        }
    }

    private static void scaled(float[] x, float a, float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            y[i] = a * x[i];
        }
    }

    private static void perOnePlus(float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            y[i] = 1 / (1 + y[i]);
        }
    }

    /** tanh of numbers from 0 to its end, but for a rounding above 1. */
    private static void fraction(float[] x, float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            float u = x[i] * x[i];
            float above = Exponential.P3 + u * Exponential.P4;
            above = Exponential.P2 + u * above;
            above = Exponential.P1 + u * above;
            float below = Exponential.Q3 + u * Exponential.Q4;
            below = Exponential.Q2 + u * below;
            below = Exponential.Q1 + u * below;
            y[i] = x[i] * (1 + u * above) / (1 + u * below);
        }
    }

    private static void multiply(float[] x, float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            y[i] = x[i] * y[i];
        }
    }

    private static void siluSlope(float[] x, float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            float gate = y[i];
            y[i] = gate + x[i] * (gate * (1 - gate));
        }
    }

    private static void addDensity(float[] x, float[] e, float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            y[i] += x[i] * (Exponential.NORMAL_PEAK * e[i]);
        }
    }

    private static void halfSquare(float[] x, float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            y[i] = -0.5f * x[i] * x[i];
        }
    }

    /** Makes {@code y = e^(−x²/2)} the tail Φ(−|x|), and {@code z} one less it. */
    private static void tail(float[] x, float[] y, float[] z, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            float t = 1 / (1 + Math.abs(x[i]) * Exponential.NORMAL_STEP);
            float sum = t * Exponential.N9 + Exponential.N8;
            sum = t * sum + Exponential.N7;
            sum = t * sum + Exponential.N6;
            sum = t * sum + Exponential.N5;
            sum = t * sum + Exponential.N4;
            sum = t * sum + Exponential.N3;
            sum = t * sum + Exponential.N2;
            sum = t * sum + Exponential.N1;
            float tail = y[i] * (t * sum);
            y[i] = tail;
            z[i] = 1 - tail;
        }
    }

    private static void root(float[] x, float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            y[i] = (float) Math.sqrt(x[i]);
        }
    }

    private static void reciprocal(float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            y[i] = 1 / y[i];
        }
    }

    private static void reciprocalOfProduct(float[] x, float[] y, int count) {
        int end = Math.min(count, LENGTH);
        for (int i = 0; i < end; i++) {
            y[i] = 1 / (x[i] * y[i]);
        }
    }
}
