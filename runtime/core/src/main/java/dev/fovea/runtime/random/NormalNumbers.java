package dev.fovea.runtime.random;

/**
 * Standard normal numbers by their place, the same bits on every device. Elements {@code e} and {@code e + 1}, e even, of sample
 * {@code s} are made of words {@code e % 4} and {@code e % 4 + 1} of {@link Philox} block
 * {@code s·⌈size / 4⌉ + e / 4}, by Box and Muller's transform: radius times cosine and radius times sine, where
 *
 * <pre>u(w) = (2·⌊w / 2^9⌋ + 1) / 2^24
 * radius = √(−2·ln u(word))
 * angle = π/2·(⌊word' / 2^30⌋ + u(4·word' mod 2^32) − ½)</pre>
 *
 * So no number is beyond ±5.77. To be the same everywhere it is worked out in float with nothing but the operations that
 * IEEE 754 and OpenCL round in one way only: products, and fused multiply-adds where a product is added to. The polynomials are
 * minimax fits in relative error: (ln(1 + f) − f)/f² (3e-8), sin(πc/2)/c (3e-9) and (cos(πc/2) − 1)/c² (4e-8). Result: within
 * 5e-7 of the radius.
 */
public final class NormalNumbers {
    /** The length of the buffer for {@link #fill}. */
    public static final int WORDS = 4;

    private static final float UNIT = 0x1p-24f;
    private static final float LN2 = 0.6931472f;
    /** The bits of √½: numbers from it to √2 have exponent 0 here. */
    private static final int ROOT_HALF_BITS = 0x3F3504F3;
    /** With half the bits of a number taken off it, the bits of a first guess at its inverse root. */
    private static final int ROOT_GUESS = 0x5F3759DF;

    private NormalNumbers() {}

    /**
     * Writes elements {@code from, from + 1, …} of a sample to {@code out[0 … length)}.
     *
     * @param stream of {@link DropoutMask#stream}
     * @param sample its place in the batch
     * @param size the elements of a sample
     * @param words room for {@link #WORDS}, written over
     */
    public static void fill(
            long seed, long stream, int sample, int size, int from, int length, float[] out, int[] words) {
        long firstBlock = sample * ((size + 3L) >>> 2);
        int done = 0;
        while (done < length) {
            int element = from + done;
            Philox.block(seed, stream, firstBlock + (element >>> 2), words);
            transform(words, 0);
            transform(words, 2);
            int end = Math.min(length, done + 4 - (element & 3));
            for (int word = element & 3; done < end; word++, done++) {
                out[done] = Float.intBitsToFloat(words[word]);
            }
        }
    }

    /** Puts the bits of two normal numbers in the place of two random words. */
    private static void transform(int[] words, int at) {
        float radius = radius(words[at]);
        int angle = words[at + 1];
        float c = fraction(angle << 2) - 0.5f;
        float square = c * c;
        float sine = c
                * Math.fma(
                        square,
                        Math.fma(square, Math.fma(square, -0.0046016574f, 0.07968003f), -0.6459635f),
                        1.5707964f);
        float cosine = Math.fma(square, Math.fma(square, Math.fma(square, -0.02041728f, 0.25360322f), -1.2336977f), 1);
        boolean swapped = (angle & 1 << 30) != 0;
        float first = radius * (swapped ? sine : cosine);
        float second = radius * (swapped ? cosine : sine);
        int quadrant = angle >>> 30;
        words[at] = Float.floatToRawIntBits(quadrant == 1 || quadrant == 2 ? -first : first);
        words[at + 1] = Float.floatToRawIntBits(quadrant >= 2 ? -second : second);
    }

    /** An odd multiple of 2^-24 in (0, 1), exact. */
    private static float fraction(int word) {
        return ((word >>> 9) * 2 + 1) * UNIT;
    }

    private static float radius(int word) {
        float u = fraction(word);
        int bits = Float.floatToRawIntBits(u);
        int exponent = (bits - ROOT_HALF_BITS) >> 23;
        float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
        float bend = Math.fma(f, 0.08734845f, -0.14307523f);
        bend = Math.fma(f, bend, 0.14917973f);
        bend = Math.fma(f, bend, -0.16570508f);
        bend = Math.fma(f, bend, 0.19962072f);
        bend = Math.fma(f, bend, -0.25001755f);
        bend = Math.fma(f, bend, 0.3333395f);
        bend = Math.fma(f, bend, -0.4999999f);
        float logarithm = Math.fma(exponent, LN2, Math.fma(f * f, bend, f));
        float square = -2 * logarithm;
        float inverse = Float.intBitsToFloat(ROOT_GUESS - (Float.floatToRawIntBits(square) >> 1));
        for (int step = 0; step < 3; step++) { // Newton's
            inverse *= Math.fma(logarithm * inverse, inverse, 1.5f); // logarithm = −square/2
        }
        return square * inverse;
    }
}
