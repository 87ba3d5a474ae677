package dev.fovea.runtime.simd;

/** {@link SimdUpdates} in plain loops. */
final class ScalarUpdates implements SimdUpdates {
    @Override
    public void adadelta(
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
            int length) {
        for (int i = 0; i < length; i++) {
            float slope = g[gAt + i] + decay * w[wAt + i];
            float square = rho * s[sAt + i] + (1 - rho) * slope * slope;
            float before = d[dAt + i];
            float step = (float) Math.sqrt(before + eps) / (float) Math.sqrt(square + eps) * slope;
            s[sAt + i] = square;
            d[dAt + i] = rho * before + (1 - rho) * step * step;
            w[wAt + i] -= rate * step;
        }
    }

    @Override
    public void rmsDirection(
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
            int length) {
        for (int i = 0; i < length; i++) {
            float slope = g[gAt + i] + decay * w[wAt + i];
            float square = alpha * s[sAt + i] + (1 - alpha) * slope * slope;
            s[sAt + i] = square;
            if (centered) {
                float mean = alpha * m[mAt + i] + (1 - alpha) * slope;
                m[mAt + i] = mean;
                square = Math.max(0, square - mean * mean);
            }
            u[uAt + i] = slope / ((float) Math.sqrt(square) + eps);
        }
    }
}
