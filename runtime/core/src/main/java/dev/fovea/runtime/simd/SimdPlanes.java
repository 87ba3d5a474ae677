package dev.fovea.runtime.simd;

/**
 * Windows with weights over a plane that was <i>prepared</i>: padding is part of it, and what tap t reads lies {@code offsets[t]}
 * floats behind what its first row begins with. Whole planes are then one range, a few elements of which, between two rows, are nobody's.
 */
public interface SimdPlanes {
    /**
     * {@code y[i] = bias + Σ_t w[t]·x[i + offsets[t]]}, added up in the order of the taps.
     *
     * @param offsets all are taps, none negative
     * @param length a multiple of {@link Simd#lanes}
     */
    void weigh(float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt, int length);

    /**
     * {@code sums[t] += Σ_i g[i]·x[i + offsets[t]]}, a tap's sum in {@link Simd#lanes} parts side by side.
     *
     * @param offsets in number a multiple of {@link #TAPS}; repeat one to fill up
     * @param length a multiple of {@link Simd#lanes}
     */
    void correlate(float[] g, int gAt, float[] x, int xAt, int[] offsets, float[] sums, int sumsAt, int length);

    /** The most channels of a group, on either side, for which {@link #weigh} is quicker than a product of matrices. */
    default int mostChannels() {
        return MOST_CHANNELS;
    }

    /** The same for {@link #correlate}, and for weighing in registers. */
    int MOST_CHANNELS = 4;

    /** How many sums {@link #correlate} keeps in registers: those of a 3×3 window. */
    int TAPS = 9;

    /** Copies rows of {@code length} floats that begin {@code xStep} and {@code yStep} floats apart. */
    void copyRows(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int rows, int length);

    /** Copies rows of {@code 2·length} floats, the even ones to {@code evenAt} and the odd ones to {@code oddAt}. */
    void partRows(float[] x, int xAt, int xStep, float[] y, int evenAt, int oddAt, int yStep, int rows, int length);

    /** The other way: rows of {@code 2·length} floats, those from {@code evenAt} and {@code oddAt} by turns. */
    void joinRows(float[] x, int evenAt, int oddAt, int xStep, float[] y, int yAt, int yStep, int rows, int length);
}
