package dev.fovea.runtime.simd;

/**
 * Loops over tensors in channel blocks: {@code [C/16, H, W, 16]}, so that {@link #SIZE} channels of a pixel lie side by side. A pixel is where they
 * begin.
 */
public interface BlockSimd {
    /** The channels of a block, on every machine. */
    int SIZE = 16;

    /** The output channels of {@link #multiply}: two blocks. */
    int COLUMNS = 2 * SIZE;

    /**
     * {@code c_q[i][j] = begin_q[i][j] + Σ_k x[terms_k + 16·i]·w[k][16·q + j]} for pixels i that lie side by side in some rows, the channels j of a block and two
     * blocks q; k ascending.
     *
     * @param pixels of a row, any number; {@link #padded} says which are quick
     * @param xRow from one row of x to the next; those of c lie one behind the other
     * @param terms how far behind a pixel each element lies that its window reads, from entry {@code first} on
     * @param depth how many k there are
     * @param w {@link #COLUMNS} floats for each k
     * @param c {@link #SIZE} floats for each pixel, those of the second block {@code cBlock} behind those of the first
     * @param from where in c the sums begin that are gone on with: {@code cAt}, or, where they are alike, {@link #COLUMNS} floats for all pixels
     */
    void multiply(
            int rows,
            int pixels,
            float[] x,
            int xAt,
            int xRow,
            int[] terms,
            int first,
            int depth,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cBlock,
            int from,
            boolean alike);

    /** The number of pixels, at least so many, that takes the least time. */
    int padded(int pixels);

    /**
     * {@code s[k][j] += Σ_p x[places_p + k]·dy[16·p + j]} for some neighbouring numbers k and the channels j of two blocks of an output's gradient; p ascending.
     *
     * @param columns how many k, one of {@link #gradientColumns}
     * @param places where each pixel's first number lies behind {@code xAt}
     * @param first the first p
     * @param pixels how many p there are
     * @param dyAt where the gradient of pixel 0 lies
     * @param dyBlock how far behind the gradient's first block the second lies; 0 where there is none, and the sums of the second have no meaning
     * @param s {@link #COLUMNS} floats for each k
     */
    void addGradient(
            int columns,
            int[] places,
            int first,
            int pixels,
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            int dyBlock,
            float[] s,
            int at);

    /** With how many numbers to begin of so many that are left, in the least time; it may be more. */
    int gradientColumns(int left);

    /** Copies pixels that lie {@code step} pixels from one another so that they lie side by side. */
    void copy(int pixels, int step, float[] x, int xAt, float[] y, int yAt);

    /** The transforms of Winograd's convolution. */
    PatchSimd patches();

    /** Pooling and normalising. */
    PixelSimd pixels();
}
