package dev.fovea.runtime.simd;

/** Plain loops along the columns, which C2 vectorises. */
final class ScalarWinograd implements WinogradSimd {
    private static final int GROUP = 8;

    @Override
    public int kernelGroup() {
        return GROUP;
    }

    @Override
    public void patches(float[] d, int dAt, int channels, int width, float[] v, int vAt, int positionStride) {
        for (int channel = 0; channel < channels; channel++) {
            int from = dAt + channel * POSITIONS * width;
            int to = vAt + channel * width;
            for (int j = 0; j < PATCH; j++) {
                patch(d, from + j * width, PATCH * width, d, from + j * width, PATCH * width, width);
            }
            for (int i = 0; i < PATCH; i++) {
                patch(d, from + i * PATCH * width, width, v, to + i * PATCH * positionStride, positionStride, width);
            }
        }
    }

    private static void patch(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int width) {
        for (int i = 0; i < width; i++) {
            int at = xAt + i;
            float d0 = x[at];
            float d1 = x[at + xStep];
            float d2 = x[at + 2 * xStep];
            float d3 = x[at + 3 * xStep];
            float d4 = x[at + 4 * xStep];
            float d5 = x[at + 5 * xStep];
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
            output(m, mAt + i * row, positionStride, first, y, yAt + i * OUTPUTS * width, width, width);
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
