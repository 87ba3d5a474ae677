package dev.fovea.runtime.simd;

/**
 * Products of a long weight with a few samples. The weight is read, or written, once: some rows at a time, each from one end to the other, as memory is
 * quickest. A <i>panel</i> holds for each of many numbers those of all samples side by side in a register: {@code [numbers, lanes]}.
 */
public interface StreamSimd {
    /** The most rows at a time. */
    int ROWS = 8;

    /** Floats in a register, and so the most samples. */
    int lanes();

    /** What lengths of {@link #multiplySamples} are a multiple of. */
    int columns();

    /**
     * {@code y[r][s] += Σ_k w[r][k]·x[k][s]}, k ascending, with panels of x and y.
     *
     * @param rows of the weight, 1 to {@link #ROWS}
     * @param stride from one of them to the next
     * @param length of the rows, an even number
     */
    void multiply(int rows, float[] w, int wAt, int stride, float[] x, int xAt, int length, float[] y, int yAt);

    /**
     * {@code x[k][s] += Σ_r w[r][k]·y[r][s]}, r ascending, with panels of x and y.
     *
     * @param rows of the weight, 1 to {@link #ROWS}
     * @param stride from one of them to the next
     * @param length of the rows, an even number
     */
    void multiplyTurned(int rows, float[] w, int wAt, int stride, float[] y, int yAt, int length, float[] x, int xAt);

    /**
     * {@code w[r][k] = Σ_s y[r][s]·x[s][k]}, s ascending, with a panel of y and samples of x as they lie.
     *
     * @param rows of the weight, 1 to {@link #ROWS}
     * @param add whether to begin with what is there
     * @param xStride from one sample to the next
     * @param length of the rows, a multiple of {@link #columns}
     * @param stride from one row of the weight to the next
     */
    void multiplySamples(
            int rows,
            boolean add,
            int samples,
            float[] y,
            int yAt,
            float[] x,
            int xAt,
            int xStride,
            int length,
            float[] w,
            int wAt,
            int stride);
}
