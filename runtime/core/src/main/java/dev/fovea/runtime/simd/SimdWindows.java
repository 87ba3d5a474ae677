package dev.fovea.runtime.simd;

/**
 * Pooling of a row of outputs, every window of which lies wholly within its plane: {@code rows} rows and the
 * stencil's columns. Windows may overlap; what is written overlaps nothing else.
 */
public interface SimdWindows {
    /** {@code y[j] = Σ} of window j, row by row. */
    void sum(Stencil stencil, int rows, float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code y[j] = max} of window j; NaN when one is a NaN. */
    void max(Stencil stencil, int rows, float[] x, int xAt, float[] y, int yAt, int length);

    /**
     * {@code y[j] = max} of window j, and where it was: of equal elements the first in reading order wins, a NaN over
     * all.
     *
     * @param planeAt where the plane begins
     * @param origin element (0, 0) of window 0, counted from there
     * @param winners receives the position in the plane, as the bits of an int
     */
    void max(
            Stencil stencil,
            int rows,
            float[] x,
            int planeAt,
            int origin,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int length);
}
