package dev.fovea.runtime.simd;

/** Plain loops along the columns, which C2 vectorises. */
final class ScalarWinograd implements WinogradSimd {
    private static final int GROUP = 8;
    private static final int PIECE = ScalarMatrixSimd.PIECE;

    @Override
    public int kernelGroup() {
        return GROUP;
    }

    @Override
    public int rowFloats(int patches) {
        return OUTPUTS * (patches + 1) + PIECE;
    }

    @Override
    public int partedFloats(int patches) {
        return 2 * PATCH * (patches + PIECE);
    }

    @Override
    public void patchRows(float[] d, int[] rows, int length, float[] t, int tAt, int tStride, int zerosAt) {
        float[] d0 = rows[0] < 0 ? t : d;
        float[] d1 = rows[1] < 0 ? t : d;
        float[] d2 = rows[2] < 0 ? t : d;
        float[] d3 = rows[3] < 0 ? t : d;
        float[] d4 = rows[4] < 0 ? t : d;
        float[] d5 = rows[5] < 0 ? t : d;
        int at0 = rows[0] < 0 ? zerosAt : rows[0];
        int at1 = rows[1] < 0 ? zerosAt : rows[1];
        int at2 = rows[2] < 0 ? zerosAt : rows[2];
        int at3 = rows[3] < 0 ? zerosAt : rows[3];
        int at4 = rows[4] < 0 ? zerosAt : rows[4];
        int at5 = rows[5] < 0 ? zerosAt : rows[5];
        patch(d0, at0, d1, at1, d2, at2, d3, at3, d4, at4, d5, at5, t, tAt, tStride, length);
    }

    @Override
    public void patches(
            float[] t,
            int tAt,
            int patches,
            int[] lasts,
            int runs,
            int endsAt,
            float[] parted,
            int partedAt,
            int[] pieces,
            int pieceCount,
            float[] v,
            int vAt,
            int positionStride) {
        int part = patches + PIECE;
        int to = partedAt + PATCH * part;
        for (int i = 0; i < PATCH; i++) {
            int at = partedAt;
            part(t, tAt + i * rowFloats(patches), parted, at, part, patches);
            for (int run = 0; run < runs; run++) {
                int end = endsAt + 2 * (run * PATCH + i);
                parted[at + 4 * part + lasts[run]] = t[end];
                parted[at + 5 * part + lasts[run]] = t[end + 1];
            }
            patch(
                    parted,
                    at,
                    parted,
                    at + part,
                    parted,
                    at + 2 * part,
                    parted,
                    at + 3 * part,
                    parted,
                    at + 4 * part,
                    parted,
                    at + 5 * part,
                    parted,
                    to,
                    part,
                    patches);
            for (int j = 0; j < PATCH; j++) {
                int position = vAt + (i * PATCH + j) * positionStride;
                for (int pair = 0; pair < 2 * pieceCount; pair += 2) {
                    System.arraycopy(parted, to + j * part + pieces[pair], v, position + pieces[pair + 1], PIECE);
                }
            }
        }
    }

    private static void part(float[] t, int from, float[] parted, int to, int part, int patches) {
        for (int p = 0; p < patches; p++) {
            int at = from + OUTPUTS * p;
            parted[to + p] = t[at];
            parted[to + part + p] = t[at + 1];
            parted[to + 2 * part + p] = t[at + 2];
            parted[to + 3 * part + p] = t[at + 3];
            parted[to + 4 * part + p] = t[at + 4];
            parted[to + 5 * part + p] = t[at + 5];
        }
    }

    private static void patch(
            float[] x0,
            int at0,
            float[] x1,
            int at1,
            float[] x2,
            int at2,
            float[] x3,
            int at3,
            float[] x4,
            int at4,
            float[] x5,
            int at5,
            float[] y,
            int yAt,
            int yStep,
            int width) {
        for (int i = 0; i < width; i++) {
            float d0 = x0[at0 + i];
            float d1 = x1[at1 + i];
            float d2 = x2[at2 + i];
            float d3 = x3[at3 + i];
            float d4 = x4[at4 + i];
            float d5 = x5[at5 + i];
            float even = d4 - 4 * d2;
            float odd = d3 - 4 * d1;
            float even2 = d4 - d2;
            float odd2 = 2 * (d3 - d1);
            int to = yAt + i;
            y[to] = even - d2 + 4 * d0;
            y[to + yStep] = even + odd;
            y[to + 2 * yStep] = even - odd;
            y[to + 3 * yStep] = even2 + odd2;
            y[to + 4 * yStep] = even2 - odd2;
            y[to + 5 * yStep] = d5 - 5 * d3 + 4 * d1;
        }
    }

    @Override
    public void kernels(float[] g, int gAt, float[] u, int uAt, int positionStride) {
        int half = gAt + KERNEL * KERNEL * GROUP;
        for (int j = 0; j < KERNEL; j++) {
            kernel(g, gAt + j * GROUP, KERNEL * GROUP, g, half + j * GROUP, KERNEL * GROUP);
        }
        for (int i = 0; i < PATCH; i++) {
            kernel(g, half + i * KERNEL * GROUP, GROUP, u, uAt + i * PATCH * positionStride, positionStride);
        }
    }

    private static void kernel(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep) {
        for (int i = 0; i < GROUP; i++) {
            int at = xAt + i;
            float g0 = x[at];
            float g1 = x[at + xStep];
            float g2 = x[at + 2 * xStep];
            float outer = (g0 + g2) * (-1f / 6);
            float inner = g1 * (1f / 6);
            float outer2 = g0 * (1f / 24) + g2 * (1f / 6);
            float inner2 = g1 * (1f / 12);
            int to = yAt + i;
            y[to] = g0 * 0.25f;
            y[to + yStep] = outer - inner;
            y[to + 2 * yStep] = outer + inner;
            y[to + 3 * yStep] = outer2 + inner2;
            y[to + 4 * yStep] = outer2 - inner2;
            y[to + 5 * yStep] = g2;
        }
    }

    @Override
    public void outputs(float[] m, int mAt, int positionStride, int width, float first, float[] y, int yAt) {
        int row = PATCH * positionStride;
        for (int j = 0; j < PATCH; j++) {
            int at = mAt + j * positionStride;
            output(m, at, row, 0, m, at, row, width);
        }
        for (int i = 0; i < OUTPUTS; i++) {
            output(m, mAt + i * row, positionStride, first, m, mAt + i * row, positionStride, width);
            join(m, mAt + i * row, positionStride, y, yAt + i * OUTPUTS * width, width);
        }
    }

    private static void join(float[] m, int from, int positionStride, float[] y, int to, int width) {
        for (int p = 0; p < width; p++) {
            int at = to + OUTPUTS * p;
            y[at] = m[from + p];
            y[at + 1] = m[from + positionStride + p];
            y[at + 2] = m[from + 2 * positionStride + p];
            y[at + 3] = m[from + 3 * positionStride + p];
        }
    }

    @Override
    public void outputGradients(float[] dy, int dyAt, int width, float[] e, int eAt, int positionStride) {
        int row = PATCH * positionStride;
        for (int j = 0; j < OUTPUTS; j++) {
            outputGradient(dy, dyAt + j * width, OUTPUTS * width, e, eAt + j * positionStride, row, width);
        }
        for (int i = 0; i < PATCH; i++) {
            outputGradient(e, eAt + i * row, positionStride, e, eAt + i * row, positionStride, width);
        }
    }

    private static void outputGradient(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int width) {
        for (int i = 0; i < width; i++) {
            int at = xAt + i;
            float x0 = x[at];
            float x1 = x[at + xStep];
            float x2 = x[at + 2 * xStep];
            float x3 = x[at + 3 * xStep];
            float even = x0 + x2;
            float odd = x1 + x3;
            float even2 = x0 + 4 * x2;
            float odd2 = 2 * x1 + 8 * x3;
            int to = yAt + i;
            y[to] = x0;
            y[to + yStep] = even + odd;
            y[to + 2 * yStep] = even - odd;
            y[to + 3 * yStep] = even2 + odd2;
            y[to + 4 * yStep] = even2 - odd2;
            y[to + 5 * yStep] = x3;
        }
    }

    @Override
    public void kernelGradients(float[] s, int sAt, int positionStride, int width, float[] dg, int dgAt) {
        int row = PATCH * positionStride;
        for (int j = 0; j < PATCH; j++) {
            int at = sAt + j * positionStride;
            kernelGradient(s, at, row, s, at, row, width);
        }
        for (int i = 0; i < KERNEL; i++) {
            kernelGradient(s, sAt + i * row, positionStride, dg, dgAt + i * KERNEL * width, width, width);
        }
    }

    private static void kernelGradient(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int width) {
        for (int i = 0; i < width; i++) {
            int at = xAt + i;
            float s1 = x[at + xStep];
            float s2 = x[at + 2 * xStep];
            float s3 = x[at + 3 * xStep];
            float s4 = x[at + 4 * xStep];
            float sum = (s1 + s2) * (1f / 6);
            float difference = (s2 - s1) * (1f / 6);
            float sum2 = s3 + s4;
            float difference2 = s3 - s4;
            float first = x[at] * 0.25f;
            float last = x[at + 5 * xStep];
            int to = yAt + i;
            y[to] = first - sum + sum2 * (1f / 24);
            y[to + yStep] = difference + difference2 * (1f / 12);
            y[to + 2 * yStep] = sum2 * (1f / 6) - sum + last;
        }
    }

    private static void output(float[] x, int xAt, int xStep, float first, float[] y, int yAt, int yStep, int width) {
        for (int i = 0; i < width; i++) {
            int at = xAt + i;
            float m1 = x[at + xStep];
            float m2 = x[at + 2 * xStep];
            float m3 = x[at + 3 * xStep];
            float m4 = x[at + 4 * xStep];
            float sum = m1 + m2 + first;
            float difference = m1 - m2 + first;
            float sum2 = m3 + m4;
            float difference2 = m3 - m4;
            float last = x[at + 5 * xStep];
            int to = yAt + i;
            y[to] = x[at] + sum + sum2;
            y[to + yStep] = difference + 2 * difference2;
            y[to + 2 * yStep] = sum + 4 * sum2;
            y[to + 3 * yStep] = difference + 8 * difference2 + last;
        }
    }
}
