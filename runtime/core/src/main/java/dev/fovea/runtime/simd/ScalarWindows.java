package dev.fovea.runtime.simd;

/** {@link SimdWindows} in plain loops. */
final class ScalarWindows implements SimdWindows {
    @Override
    public void sum(Stencil stencil, int rows, float[] x, int xAt, float[] y, int yAt, int length) {
        for (int j = 0; j < length; j++) {
            float sum = 0;
            for (int u = 0; u < rows; u++) {
                int at = xAt + j * stencil.stride() + u * stencil.rowStep();
                for (int v = 0; v < stencil.columns(); v++) {
                    sum += x[at + v * stencil.columnStep()];
                }
            }
            y[yAt + j] = sum;
        }
    }

    @Override
    public void max(Stencil stencil, int rows, float[] x, int xAt, float[] y, int yAt, int length) {
        for (int j = 0; j < length; j++) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int u = 0; u < rows; u++) {
                int at = xAt + j * stencil.stride() + u * stencil.rowStep();
                for (int v = 0; v < stencil.columns(); v++) {
                    largest = Math.max(largest, x[at + v * stencil.columnStep()]);
                }
            }
            y[yAt + j] = largest;
        }
    }

    @Override
    public void max(
            Stencil stencil,
            int rows,
            float[] x,
            int planeAt,
            int origin,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int length) {
        for (int j = 0; j < length; j++) {
            int first = origin + j * stencil.stride();
            float largest = x[planeAt + first];
            int winner = first;
            for (int u = 0; u < rows; u++) {
                int row = first + u * stencil.rowStep();
                for (int v = 0; v < stencil.columns(); v++) {
                    int at = row + v * stencil.columnStep();
                    float value = x[planeAt + at];
                    if (value > largest || Float.isNaN(value)) {
                        largest = value;
                        winner = at;
                    }
                }
            }
            y[yAt + j] = largest;
            winners[winnersAt + j] = Float.intBitsToFloat(winner);
        }
    }
}
