package dev.fovea.runtime.simd;

/**
 * Products of an image that lies in planes with numbers that lie side by side for the channels of a register: an element of the image is read, and multiplied with a
 * whole register. Windows that begin next to one another read neighbours of the image, so all go through one address.
 */
public interface ChannelSimd {
    /** The most registers of channels that {@link #spread} takes together. */
    int TOGETHER = 2;

    /**
     * {@code c_q[r, i, j] += Σ_k x[rows_r + i + offsets_k]·w[k, q, j]} for the lanes j of one register q or two, k ascending.
     *
     * @param columns how many windows i begin next to one another; {@link #padded} says which numbers there are
     * @param xAt is added to all places in x
     * @param rows places in x, of which {@code count} from entry {@code firstRow} on are meant
     * @param offsets places behind a window's beginning, of which {@code terms} from entry {@code first} on are meant
     * @param registers 1 or {@link #TOGETHER}
     * @param w {@link Simd#lanes} floats for each term and register
     * @param c {@code columns·lanes} floats for each row
     * @param cBlock from the sums of the first register to those of the second
     */
    void spread(
            float[] x,
            int xAt,
            int[] rows,
            int firstRow,
            int count,
            int columns,
            int[] offsets,
            int first,
            int terms,
            int registers,
            float[] w,
            int wAt,
            float[] c,
            int cAt,
            int cBlock);

    /** The least number of columns, at least so many, for which there are loops. */
    int padded(int columns);

    /**
     * Turns planes to registers: {@code y[i·yStep + j] = x[j·xStep + i]} for the lanes j of a register, 0 for those beyond the channels.
     *
     * @param channels at most {@link Simd#lanes}
     * @param yStep from one element's register to that of the next
     */
    void gather(float[] x, int xAt, int xStep, int channels, float[] y, int yAt, int yStep, int length);

    /**
     * Turns registers to planes: {@code y[j·yStep + i] = x[i, j]} for the first lanes j.
     *
     * @param channels at most {@link Simd#lanes}
     */
    void scatter(float[] x, int xAt, int channels, float[] y, int yAt, int yStep, int length);
}
