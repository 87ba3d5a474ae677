package dev.fovea.runtime.simd;

/** {@link SimdWindows} in plain loops. */
final class ScalarWindows implements SimdWindows {
    private static final int POSITIVE_INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

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
            int best = order(x[planeAt + first]);
            int winner = 0;
            for (int tap = 1; tap < taps; tap++) {
                int one = order(x[planeAt + first + offsets[tap]]);
                int wins = (int) (((long) best - one) >> Integer.SIZE); // all ones or none
                winner ^= (winner ^ offsets[tap]) & wins;
                best = Math.max(best, one);
            }
            y[yAt + j] = x[planeAt + first + winner];
            winners[winnersAt + j] = Float.intBitsToFloat(first + winner);
        }
    }

    /**
     * An integer that is larger for a larger number, the same for both zeros, and largest for a NaN. Which of a few numbers is the
     * largest is a matter of luck, so that branches on it would be predicted wrongly every other time.
     */
    private static int order(float x) {
        int bits = Float.floatToRawIntBits(x + 0f);
        if ((bits & Integer.MAX_VALUE) > POSITIVE_INFINITY) {
            return Integer.MAX_VALUE;
        }
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }
}
