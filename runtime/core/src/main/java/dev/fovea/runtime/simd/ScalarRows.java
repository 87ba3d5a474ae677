package dev.fovea.runtime.simd;

/** {@link SimdRows} in plain loops, a piece being one output. */
final class ScalarRows implements SimdRows {
    @Override
    public void weigh(
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
            int rows) {
        for (int row = 0; row < rows; row++) {
            for (int piece = 0; piece < xPieces.length; piece++) {
                int from = xAt + row * xStep + xPieces[piece];
                int to = yAt + row * yStep + yPieces[piece];
                for (int c = 0; c < channels; c++) {
                    float sum = bias[biasAt + c];
                    for (int k = 0; k < terms; k++) {
                        sum += w[wAt + k * channels + c] * x[from + offsets[first + k]];
                    }
                    y[to + c * yStride] = sum;
                }
            }
        }
    }

    @Override
    public void correlate(
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
            int length) {
        for (int c = 0; c < channels; c++) {
            for (int t = 0; t < offsets.length; t++) {
                float sum = sums[sumsAt + c * sumsStride + t];
                for (int i = 0; i < length; i++) {
                    sum += g[gAt + c * gStride + i] * x[xAt + offsets[t] + i];
                }
                sums[sumsAt + c * sumsStride + t] = sum;
            }
        }
    }
}
