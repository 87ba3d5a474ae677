package dev.fovea.runtime.simd;

/** {@link SimdWindows} in plain loops. */
final class ScalarWindows implements SimdWindows {
    @Override
    public void sum(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length) {
        int[] offsets = stencil.offsets();
        for (int j = 0; j < length; j++) {
            int at = xAt + j * stencil.stride();
            float sum = 0;
            for (int tap = 0; tap < taps; tap++) {
                sum += x[at + offsets[tap]];
            }
            y[yAt + j] = sum;
        }
    }

    @Override
    public void max(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length) {
        int[] offsets = stencil.offsets();
        for (int j = 0; j < length; j++) {
            int at = xAt + j * stencil.stride();
            float largest = x[at];
            for (int tap = 1; tap < taps; tap++) {
                largest = Math.max(largest, x[at + offsets[tap]]);
            }
            y[yAt + j] = largest;
        }
    }

    @Override
    public void max(
            Stencil stencil,
            int taps,
            float[] x,
            int planeAt,
            int origin,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int length) {
        int[] offsets = stencil.offsets();
        for (int j = 0; j < length; j++) {
            int first = origin + j * stencil.stride();
            float largest = x[planeAt + first];
            int winner = 0;
            for (int tap = 1; tap < taps; tap++) {
                float value = x[planeAt + first + offsets[tap]];
                if (value > largest || Float.isNaN(value)) {
                    largest = value;
                    winner = offsets[tap];
                }
            }
            y[yAt + j] = largest;
            winners[winnersAt + j] = Float.intBitsToFloat(first + winner);
        }
    }
}
