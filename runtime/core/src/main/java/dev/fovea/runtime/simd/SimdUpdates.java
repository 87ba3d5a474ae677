package dev.fovea.runtime.simd;

/** Steps of optimizers that keep several numbers a parameter. Ranges are as in {@link Simd}; none is the same as another. */
public interface SimdUpdates {
    /**
     * Adadelta's step (Zeiler 2012): {@code g' = g + decay·w; s = rho·s + (1 − rho)·g'²; u = √(d + eps)/√(s + eps)·g'; d = rho·d + (1 −
     * rho)·u²; w = w − rate·u}.
     */
    void adadelta(
            float rate,
            float rho,
            float eps,
            float decay,
            float[] g,
            int gAt,
            float[] s,
            int sAt,
            float[] d,
            int dAt,
            float[] w,
            int wAt,
            int length);

    /**
     * RMSProp's direction about the mean (Graves 2013): {@code g' = g + decay·w; s = alpha·s + (1 − alpha)·g'²; m = alpha·m + (1 −
     * alpha)·g'; u = g'/(√max(0, s − m²) + eps)}.
     *
     * @param centered whether the mean is subtracted; if not, m is neither read nor written
     */
    void rmsDirection(
            float alpha,
            float eps,
            float decay,
            boolean centered,
            float[] g,
            int gAt,
            float[] s,
            int sAt,
            float[] m,
            int mAt,
            float[] w,
            int wAt,
            float[] u,
            int uAt,
            int length);
}
