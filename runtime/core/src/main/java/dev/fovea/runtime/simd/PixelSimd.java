package dev.fovea.runtime.simd;

/**
 * Pooling and normalising of tensors in channel blocks. All places are those of floats, and so are all steps; a pixel has {@link BlockSimd#SIZE} of them. Pixels that are
 * read together lie {@code SIZE} floats apart unless a step says otherwise. Ranges do not overlap where nothing else is said.
 */
public interface PixelSimd {
    /** Fills {@code pixels} pixels in each of some rows with a number. */
    void fill(float number, float[] y, int yAt, int yStep, int rows, int pixels);

    /**
     * {@code y[i] = max(x[i], x[i + second], x[i + third])}, as bits of {@link FloatOrder}'s integers, for several rows of pixels.
     *
     * @param xRow from what the first pixel of a row reads to what that of the next row reads
     * @param yRow from one row of y to the next
     * @param pixels of a row
     */
    void maxDown(
            float[] x, int xAt, int second, int third, int xRow, float[] y, int yAt, int yRow, int rows, int pixels);

    /**
     * {@code x[i] = max(x[i], x[i + second], x[i + third])}, of such integers, in their order: those that are read further on are still as
     * they were.
     *
     * @param second 0 or more
     * @param third 0 or more
     */
    void largestOfThree(float[] x, int xAt, int second, int third, int pixels);

    /**
     * The same of pixels {@code xStep} apart, elsewhere and as floats again, for several rows of outputs, which lie one behind the other.
     *
     * @param xRow from what the first pixel of a row of outputs reads to what that of the next row reads
     * @param pixels of a row
     */
    void maxAcross(
            float[] x, int xAt, int second, int third, int xStep, int xRow, float[] y, int yAt, int rows, int pixels);

    /**
     * Sums of {@code taps} pixels, {@code tapStep} apart, in their order, each multiplied by its factor.
     *
     * @param xStep from the first pixel of a sum to that of the next
     * @param factors one a sum
     */
    void sumAcross(
            float[] x,
            int xAt,
            int taps,
            int tapStep,
            int xStep,
            float[] factors,
            int factorsAt,
            float[] y,
            int yAt,
            int pixels);

    /** The largest of some pixels; a NaN over all. */
    void largest(float[] x, int xAt, int pixels, float[] y, int yAt);

    /** The mean of some pixels; the order of the additions depends on their number alone. */
    void mean(float[] x, int xAt, int pixels, float[] y, int yAt);

    /**
     * {@code y = a·(x − centre) + b} of some pixels of a block, and 0 in place of what is negative if that is asked for: what {@link Simd#relu} would make of it. The output may take the
     * place of the input.
     *
     * @param numbers the centres of a block's channels, behind them each channel's a, and behind them each one's b
     */
    void normalize(float[] numbers, boolean rectify, float[] x, int xAt, float[] y, int yAt, int pixels);
}
