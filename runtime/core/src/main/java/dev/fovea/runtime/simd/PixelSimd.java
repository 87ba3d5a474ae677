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

    /**
     * The sums of some pixels as far as they are from a centre, {@code Σ (x − centre)}, and behind them those of the squares, {@code Σ (x − centre)²}; the order of the additions
     * depends on the number of pixels alone, and so in {@link #gradientSums}.
     *
     * @param centres one a channel
     */
    void moments(float[] centres, int centresAt, float[] x, int xAt, int pixels, float[] sums, int sumsAt);

    /**
     * {@code Σ dy}, and behind it {@code Σ dy·(x − centre)}.
     *
     * @param centres one a channel
     */
    void gradientSums(
            float[] centres,
            int centresAt,
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            int pixels,
            float[] sums,
            int sumsAt);

    /**
     * {@code z = a·y + b·(x − centre) + c}, or z and that. z may take the place of y.
     *
     * @param numbers the centres of a block's channels, behind them each channel's a, then the b and the c
     */
    void combine(
            float[] numbers,
            int numbersAt,
            float[] y,
            int yAt,
            float[] x,
            int xAt,
            boolean add,
            float[] z,
            int zAt,
            int pixels);

    /**
     * {@code z = z + a·y}.
     *
     * @param factors each channel's a
     */
    void addScaled(float[] factors, int factorsAt, float[] y, int yAt, float[] z, int zAt, int pixels);

    /**
     * The largest of {@code taps} pixels, {@code tapStep} apart, and which of them it was: of equal ones the first, zeros of both signs being equal. A NaN is over all, of several one.
     *
     * @param xStep from the first pixel of a window to that of the next
     * @param keys the largest as {@link FloatOrder}'s integers
     * @param places the bits of the number of the tap
     */
    void firstAcross(
            float[] x,
            int xAt,
            int taps,
            int tapStep,
            int xStep,
            float[] keys,
            int keysAt,
            float[] places,
            int placesAt,
            int pixels);

    /**
     * The largest of {@code taps} rows of these, as floats again, and its number: that in the row and {@code rowTaps} times the number of the row, of equal ones the first.
     *
     * @param keysAt where each row's keys begin
     * @param places how far behind its keys a row's places are
     */
    void firstDown(
            float[] rooms,
            int[] keysAt,
            int places,
            int taps,
            int rowTaps,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int pixels);

    /**
     * Adds the gradient of each window to that of its pixels, {@code tapStep} apart, whose number is the winner's.
     *
     * @param first the number of the first of them, not negative
     * @param xStep from the first pixel of a window to that of the next
     */
    void spreadToFirst(
            float[] dy,
            int dyAt,
            float[] winners,
            int winnersAt,
            int first,
            int taps,
            int tapStep,
            int xStep,
            float[] dx,
            int dxAt,
            int pixels);

    /**
     * {@code dx = dx + factor·dy} of pixels {@code xStep} apart.
     *
     * @param xStep from one pixel of dx to the next
     */
    void addShares(float factor, float[] dy, int dyAt, float[] dx, int dxAt, int xStep, int pixels);

    /**
     * {@code y = x}, or y and x, for all pixels of y.
     *
     * @param x one pixel
     */
    void repeat(float[] x, int xAt, boolean add, float[] y, int yAt, int pixels);

    /** Whether {@link #spreadRow} is there for windows of so many neighbours, so many pixels apart. */
    boolean spreadsRows(int taps, int stride);

    /**
     * {@link #spreadToFirst} of all windows of a row at once, to pixels side by side, which are written, each once.
     *
     * @param add whether what is there is added
     */
    void spreadRow(
            float[] dy,
            int dyAt,
            float[] winners,
            int winnersAt,
            int first,
            int taps,
            int stride,
            boolean add,
            float[] dx,
            int dxAt,
            int pixels);

    /**
     * The largest of two by two pixels and the number of the first that it was, 0 and 1 in the upper row and 2 and 3 in the lower one; else as {@link #firstAcross} and {@link #firstDown}.
     *
     * @param below from the upper row to the lower
     * @param xStep from one window to the next
     */
    void firstOfSquares(
            float[] x, int xAt, int below, int xStep, float[] y, int yAt, float[] winners, int winnersAt, int pixels);
}
