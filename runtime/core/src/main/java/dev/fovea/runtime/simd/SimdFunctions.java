package dev.fovea.runtime.simd;

/**
 * Functions of elements, and the sums that normalisation and losses take. Ranges are as in {@link Simd}; a NaN gives a
 * NaN everywhere. Both implementations work the exponential function out by the polynomial of {@link Exponential}, so
 * that results do not depend on a library; they differ in how intermediate results are rounded.
 */
public interface SimdFunctions {
    /** {@code z = x − y}. */
    void subtract(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length);

    /** {@code y = a·(x − centre) + b}. */
    void normalize(float centre, float a, float b, float[] x, int xAt, float[] y, int yAt, int length);

    /**
     * {@link #normalize} of planes that lie one behind the other, each with numbers of its own, and 0 in place of what is negative if that is asked for: what {@link Simd#relu} would make of it. The
     * ranges do not overlap.
     *
     * @param numbers the centre of each plane, {@code distance} floats on a, and as much further on b
     * @param area floats of a plane
     */
    default void normalizePlanes(
            float[] numbers,
            int distance,
            boolean rectify,
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            int planes,
            int area) {
        for (int plane = 0; plane < planes; plane++) {
            int to = yAt + plane * area;
            float a = numbers[distance + plane];
            float b = numbers[2 * distance + plane];
            normalize(numbers[plane], a, b, x, xAt + plane * area, y, to, area);
            for (int i = to; rectify && i < to + area; i++) {
                y[i] = Math.max(y[i], 0f);
            }
        }
    }

    /** {@code z = a·y + b·(x − centre) + c}. */
    void combine(
            float a,
            float[] y,
            int yAt,
            float b,
            float centre,
            float[] x,
            int xAt,
            float c,
            float[] z,
            int zAt,
            int length);

    /** {@code z = z + a·y + b·(x − centre) + c}. */
    void addCombination(
            float a,
            float[] y,
            int yAt,
            float b,
            float centre,
            float[] x,
            int xAt,
            float c,
            float[] z,
            int zAt,
            int length);

    /** {@code Σ (x − centre)·y}. */
    float dotCentred(float centre, float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code Σ (x − y)²}. */
    float squaredDistance(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code y = exp(x − shift)}, to 2 units in the last place; below exp(−87.3) it is 0. */
    void exp(float shift, float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code y = 1 / (1 + exp(−x))}. */
    void sigmoid(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code dy = dy·y·(1 − y)}: through {@link #sigmoid}, from its output. */
    void sigmoidGradient(float[] y, int yAt, float[] dy, int dyAt, int length);

    /** {@code y = tanh(x)}. */
    void tanh(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code dy = dy·(1 − y²)}: through {@link #tanh}, from its output. */
    void tanhGradient(float[] y, int yAt, float[] dy, int dyAt, int length);

    /** {@code y = x} where {@code x > 0}, else {@code slope·x}. */
    void leakyRelu(float slope, float[] x, int xAt, float[] y, int yAt, int length);

    /**
     * {@code dy = dy} where {@code y > 0}, else {@code slope·dy}: through {@link #leakyRelu}, from its input, or its output where
     * the slope is not negative.
     */
    void leakyReluGradient(float slope, float[] y, int yAt, float[] dy, int dyAt, int length);

    /** {@code y = x}, but not below {@code low} nor above {@code high}. */
    void clamp(float low, float high, float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code dy = 0} where {@code y ≤ low} or {@code y ≥ high}: through {@link #clamp}, from its output. */
    void clampGradient(float low, float high, float[] y, int yAt, float[] dy, int dyAt, int length);

    /** {@code y = x} where {@code x > 0}, else {@code a·(e^x − 1)}; a is not negative. */
    void elu(float a, float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code dy = dy} where {@code y > 0}, else {@code dy·(y + a)}: through {@link #elu}, from its output. */
    void eluGradient(float a, float[] y, int yAt, float[] dy, int dyAt, int length);

    /** {@code y = x·σ(x)} with σ = {@link #sigmoid}. */
    void silu(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code y = σ(x) + x·σ(x)·(1 − σ(x))}: the slope of {@link #silu}. */
    void siluSlope(float[] x, int xAt, float[] y, int yAt, int length);

    /**
     * {@code y = Φ(x)}: the standard normal distribution, to 3e-7 of itself or of 1 − Φ(x), whichever is smaller. The ranges must not be
     * the same.
     */
    void normalShare(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code y = Φ(x) + x·φ(x)}: the slope of {@code x·Φ(x)}, φ being the density of Φ. The ranges must not be the same. */
    void geluSlope(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code y = scale·Σ x² + offset}, over {@code rows} ranges of x, at least one, each {@code step} floats behind the one before it. */
    void energy(float scale, float offset, float[] x, int xAt, int step, int rows, float[] y, int yAt, int length);

    /** {@code y = x^(−exponent)} of positive numbers; quick where 4·exponent is one of 1 to 4. */
    void inversePower(float exponent, float[] x, int xAt, float[] y, int yAt, int length);
}
