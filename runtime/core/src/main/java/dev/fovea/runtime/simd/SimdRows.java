package dev.fovea.runtime.simd;

/**
 * Rows of the planes of an image, summed with weights: a convolution with step 1 and few channels, read from where the image lies. A row is
 * cut into <i>pieces</i> of {@link Simd#lanes} outputs, which may overlap so that the last ends where the row does.
 */
public interface SimdRows {
    /** Channels that are computed together as a rule. */
    int TOGETHER = 4;

    /** The most channels that are computed together. */
    int MOST_TOGETHER = 6;

    /** How many channels are to be computed together where so many are left: {@link #TOGETHER}, or fewer or more of them. */
    default int together(int left) {
        return left >= TOGETHER ? TOGETHER : Math.min(left, 2);
    }

    /**
     * {@code y[c, r, i] = bias[c] + Σ_k w[k·channels + c]·x[r, i + offsets[first + k]]} for some channels and rows, the sum's terms in
     * their order. With no lanes to speak of a piece is one output. Of two pieces those of a row are stored in their order, and before those of
     * the next row; so one may reach into another that is stored later.
     *
     * @param channels as many as {@link #together} can give
     * @param wAt the weights of the first term
     * @param terms how many; may be 0
     * @param xAt what the first piece of the first row reads where its offset is 0
     * @param xStep from one row to the next
     * @param xPieces where the pieces of a row lie in the image, an even number of them
     * @param yPieces and in a channel of the output
     * @param yStep from one row of the output to the next
     * @param yStride from one channel of the output to the next
     * @param rows how many
     */
    void weigh(
            int channels,
            float[] w,
            int wAt,
            float[] bias,
            int biasAt,
            int[] offsets,
            int first,
            int terms,
            float[] x,
            int xAt,
            int xStep,
            int[] xPieces,
            float[] y,
            int yAt,
            int yStep,
            int[] yPieces,
            int yStride,
            int rows);

    /** Terms whose sums {@link #correlate} keeps in registers, for each of its channels: those of a row of a 5×5 window. */
    int TERMS = 5;

    /** The most channels that {@link #correlate} takes. */
    default int correlatedTogether() {
        return 2;
    }

    /**
     * {@code sums[c, t] += Σ_i g[c, i]·x[i + offsets[t]]} for some channels c, a sum in {@link Simd#lanes} parts side by side.
     *
     * @param channels 2 to {@link #correlatedTogether}
     * @param gStride from one channel to the next
     * @param offsets in number a multiple of {@link #TERMS}; repeat one to fill up
     * @param sumsStride from the sums of one channel to those of the next
     * @param length a multiple of {@link Simd#lanes}
     */
    void correlate(
            int channels,
            float[] g,
            int gAt,
            int gStride,
            float[] x,
            int xAt,
            int[] offsets,
            float[] sums,
            int sumsAt,
            int sumsStride,
            int length);
}
