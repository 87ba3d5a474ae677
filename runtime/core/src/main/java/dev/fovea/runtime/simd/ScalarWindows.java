package dev.fovea.runtime.simd;

/** {@link SimdWindows} in plain loops; the largest elements, where windows are near each other, by {@link ScalarMaxima}. */
final class ScalarWindows implements SimdWindows {
    private static final int POSITIVE_INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final ThreadLocal<ScalarMaxima> maxima = ThreadLocal.withInitial(ScalarMaxima::new);

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
    public boolean takesRowsTogether() {
        return true;
    }

    @Override
    public void max(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length) {
        maxRows(stencil, taps, x, xAt, 0, y, yAt, 1, length);
    }

    /** Windows of four elements, which most are, have a loop of their own, without one over the elements. */
    @Override
    public void meanRows(
            Stencil stencil, float factor, float[] x, int xAt, int xStep, float[] y, int yAt, int rows, int length) {
        int[] offsets = stencil.offsets();
        if (offsets.length != 4) {
            SimdWindows.super.meanRows(stencil, factor, x, xAt, xStep, y, yAt, rows, length);
            return;
        }
        int stride = stencil.stride();
        for (int row = 0; row < rows; row++) {
            int second = xAt + row * xStep + offsets[1];
            int third = xAt + row * xStep + offsets[2];
            int fourth = xAt + row * xStep + offsets[3];
            int first = xAt + row * xStep;
            int to = yAt + row * length;
            if (stride == 2) {
                for (int j = 0; j < length; j++) {
                    float upper = x[first + 2 * j] + x[second + 2 * j];
                    y[to + j] = (upper + (x[third + 2 * j] + x[fourth + 2 * j])) * factor;
                }
            } else {
                for (int j = 0; j < length; j++) {
                    float upper = x[first + j * stride] + x[second + j * stride];
                    y[to + j] = (upper + (x[third + j * stride] + x[fourth + j * stride])) * factor;
                }
            }
        }
    }

    @Override
    public void maxRows(Stencil stencil, float[] x, int xAt, int xStep, float[] y, int yAt, int rows, int length) {
        maxRows(stencil, stencil.offsets().length, x, xAt, xStep, y, yAt, rows, length);
    }

    private void maxRows(
            Stencil stencil, int taps, float[] x, int xAt, int xStep, float[] y, int yAt, int rows, int length) {
        int together = length == 0 ? 0 : ScalarMaxima.rows(stencil, taps, xStep, rows, length);
        ScalarMaxima band = maxima.get();
        for (int row = 0; row < rows; row += Math.max(1, together)) {
            int count = Math.min(together, rows - row);
            int from = xAt + row * xStep;
            if (count == 0) {
                maxFarApart(stencil, taps, x, from, y, yAt + row * length, length);
                continue;
            }
            band.compute(stencil, taps, x, from, xStep, count, length);
            for (int i = 0; i < count; i++) {
                int to = yAt + (row + i) * length;
                for (int j = 0; j < length; j++) {
                    int window = i * xStep + j * stencil.stride();
                    y[to + j] = x[from + window + band.place(window)];
                }
            }
        }
    }

    private static void maxFarApart(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length) {
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
        maxRows(stencil, taps, x, planeAt, origin, 0, y, yAt, winners, winnersAt, 0, 1, length);
    }

    @Override
    public void maxRows(
            Stencil stencil,
            float[] x,
            int planeAt,
            int origin,
            int xStep,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int step,
            int rows,
            int length,
            float[] rooms) {
        int taps = stencil.offsets().length;
        maxRows(stencil, taps, x, planeAt, origin, xStep, y, yAt, winners, winnersAt, step, rows, length);
    }

    private void maxRows(
            Stencil stencil,
            int taps,
            float[] x,
            int planeAt,
            int origin,
            int xStep,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int step,
            int rows,
            int length) {
        int together = length == 0 ? 0 : ScalarMaxima.rows(stencil, taps, xStep, rows, length);
        ScalarMaxima band = maxima.get();
        for (int row = 0; row < rows; row += Math.max(1, together)) {
            int count = Math.min(together, rows - row);
            int first = origin + row * xStep;
            int to = row * step;
            if (count == 0) {
                winnersFarApart(stencil, taps, x, planeAt, first, y, yAt + to, winners, winnersAt + to, length);
                continue;
            }
            band.compute(stencil, taps, x, planeAt + first, xStep, count, length);
            for (int i = 0; i < count; i++, to += step) {
                for (int j = 0; j < length; j++) {
                    int window = i * xStep + j * stencil.stride();
                    int winner = first + window + band.place(window);
                    y[yAt + to + j] = x[planeAt + winner];
                    winners[winnersAt + to + j] = Float.intBitsToFloat(winner);
                }
            }
        }
    }

    private static void winnersFarApart(
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
