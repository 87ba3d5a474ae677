package dev.fovea.runtime.simd;

import java.util.Arrays;

/**
 * {@link SimdPlanes} in plain loops. C2 vectorises a loop over several arrays only where all are reached by the same index, but for a
 * multiple of the register (with neighbours read from one copy, 83 ns for three taps of 128 outputs in place of 23); so a piece of what each tap reads is copied to a place of its own, and three taps are taken together.
 */
final class ScalarPlanes implements SimdPlanes {
    /** The most outputs of a piece: the longer a loop, the less its beginning and end count, which are no vectors. */
    private static final int PIECE = 512;
    /** The same of a correlation, whose sums have to be added up. */
    private static final int PART = 256;
    /** Taps of a pass over the outputs. */
    private static final int TOGETHER = 3;

    private final ThreadLocal<Piece> pieces = ThreadLocal.withInitial(Piece::new);

    /** What some taps read for the outputs of a piece, and sums. */
    private static final class Piece {
        private final float[] read = new float[TOGETHER * PIECE];
        private final float[] factors = new float[PART];
        private final float[] weighed = new float[PIECE];
        private final float[][] sums = new float[TAPS][PART];
    }

    /** More than one channel in a group are a product of matrices, which copies what it reads once for all outputs. */
    @Override
    public int mostChannels() {
        return 1;
    }

    @Override
    public void weigh(
            float[] w, int wAt, float bias, int[] offsets, float[] x, int xAt, float[] y, int yAt, int length) {
        Piece piece = pieces.get();
        float[] sums = piece.weighed;
        int whole = offsets.length / TOGETHER * TOGETHER;
        for (int i = 0; i < length; i += PIECE) {
            int count = Math.min(PIECE, length - i);
            Arrays.fill(sums, 0, count, bias);
            for (int tap = 0; tap < whole; tap += TOGETHER) {
                for (int t = 0; t < TOGETHER; t++) {
                    System.arraycopy(x, xAt + i + offsets[tap + t], piece.read, t * PIECE, count);
                }
                addThree(w[wAt + tap], w[wAt + tap + 1], w[wAt + tap + 2], piece.read, sums, count);
            }
            for (int tap = whole; tap < offsets.length; tap++) {
                System.arraycopy(x, xAt + i + offsets[tap], piece.read, 0, count);
                addOne(w[wAt + tap], piece.read, sums, count);
            }
            System.arraycopy(sums, 0, y, yAt + i, count);
        }
    }

    private static void addThree(float w0, float w1, float w2, float[] x, float[] sums, int count) {
        int end = Math.min(count, PIECE); // C2 makes vectors only where it sees that indices are within bounds
        for (int j = 0; j < end; j++) {
            sums[j] = sums[j] + w0 * x[j] + w1 * x[j + PIECE] + w2 * x[j + 2 * PIECE];
        }
    }

    private static void addOne(float w, float[] x, float[] sums, int count) {
        int end = Math.min(count, PIECE);
        for (int j = 0; j < end; j++) {
            sums[j] += w * x[j];
        }
    }

    @Override
    public void correlate(float[] g, int gAt, float[] x, int xAt, int[] offsets, float[] sums, int sumsAt, int length) {
        Piece piece = pieces.get();
        int width = Math.min(PART, length);
        for (int first = 0; first < offsets.length; first += TAPS) {
            for (int tap = 0; tap < TAPS; tap++) {
                Arrays.fill(piece.sums[tap], 0, width, 0f);
            }
            for (int i = 0; i < length; i += PART) {
                int count = Math.min(PART, length - i);
                System.arraycopy(g, gAt + i, piece.factors, 0, count);
                for (int tap = 0; tap < TAPS; tap += TOGETHER) {
                    for (int t = 0; t < TOGETHER; t++) {
                        System.arraycopy(x, xAt + i + offsets[first + tap + t], piece.read, t * PART, count);
                    }
                    float[] s0 = piece.sums[tap];
                    addProducts(piece.factors, piece.read, s0, piece.sums[tap + 1], piece.sums[tap + 2], count);
                }
            }
            for (int tap = 0; tap < TAPS; tap++) {
                sums[sumsAt + first + tap] += total(piece.sums[tap], width);
            }
        }
    }

    private static void addProducts(float[] g, float[] x, float[] s0, float[] s1, float[] s2, int count) {
        int end = Math.min(count, PART);
        for (int j = 0; j < end; j++) {
            s0[j] += g[j] * x[j];
            s1[j] += g[j] * x[j + PART];
            s2[j] += g[j] * x[j + 2 * PART];
        }
    }

    private static float total(float[] sums, int count) {
        int half = 0;
        if (count == PART) {
            half = PART / 2;
            for (int j = 0; j < PART / 2; j++) {
                sums[j] += sums[j + PART / 2];
            }
        }
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int end = count - half;
        int j = 0;
        for (; j <= end - 8; j += 8) {
            s0 += sums[j];
            s1 += sums[j + 1];
            s2 += sums[j + 2];
            s3 += sums[j + 3];
            s4 += sums[j + 4];
            s5 += sums[j + 5];
            s6 += sums[j + 6];
            s7 += sums[j + 7];
        }
        for (; j < end; j++) {
            s0 += sums[j];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    @Override
    public void copyRows(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int rows, int length) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(x, xAt + row * xStep, y, yAt + row * yStep, length);
        }
    }

    @Override
    public void partRows(
            float[] x, int xAt, int xStep, float[] y, int evenAt, int oddAt, int yStep, int rows, int length) {
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            int even = evenAt + row * yStep;
            int odd = oddAt + row * yStep;
            for (int i = 0; i < length; i++) {
                y[even + i] = x[from + 2 * i];
                y[odd + i] = x[from + 2 * i + 1];
            }
        }
    }

    @Override
    public void joinRows(
            float[] x, int evenAt, int oddAt, int xStep, float[] y, int yAt, int yStep, int rows, int length) {
        for (int row = 0; row < rows; row++) {
            int even = evenAt + row * xStep;
            int odd = oddAt + row * xStep;
            int to = yAt + row * yStep;
            for (int i = 0; i < length; i++) {
                y[to + 2 * i] = x[even + i];
                y[to + 2 * i + 1] = x[odd + i];
            }
        }
    }
}
