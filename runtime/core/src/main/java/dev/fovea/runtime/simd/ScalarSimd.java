package dev.fovea.runtime.simd;

/** Plain loops, in the shape that HotSpot's C2 compiler vectorises: one counted loop, unit stride, no branches. */
public final class ScalarSimd implements Simd {
    /** Independent partial sums: the additions of one chain wait for each other. */
    private static final int CHAINS = 8;

    private static final int POSITIVE_INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final MatrixSimd matrix = new ScalarMatrixSimd();
    private final WinogradSimd winograd = new ScalarWinograd();
    private final SimdFunctions functions = new ScalarFunctions();
    private final SimdWindows windows = new ScalarWindows();
    private final SimdPlanes planes = new ScalarPlanes();
    private final SimdRows rows = new ScalarRows();
    private final SimdUpdates updates = new ScalarUpdates();

    @Override
    public WinogradSimd winograd() {
        return winograd;
    }

    @Override
    public MatrixSimd matrix() {
        return matrix;
    }

    @Override
    public SimdFunctions functions() {
        return functions;
    }

    @Override
    public SimdWindows windows() {
        return windows;
    }

    @Override
    public SimdPlanes planes() {
        return planes;
    }

    @Override
    public SimdRows rows() {
        return rows;
    }

    @Override
    public SimdUpdates updates() {
        return updates;
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public String description() {
        return "scalar loops";
    }

    @Override
    public void scale(float a, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] *= a;
        }
    }

    @Override
    public void add(float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] += x[xAt + i];
        }
    }

    @Override
    public void add(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        for (int i = 0; i < length; i++) {
            z[zAt + i] = x[xAt + i] + y[yAt + i];
        }
    }

    @Override
    public void addScaled(float a, float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] += a * x[xAt + i];
        }
    }

    @Override
    public void affine(float a, float b, float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = a * x[xAt + i] + b;
        }
    }

    @Override
    public void multiply(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        for (int i = 0; i < length; i++) {
            z[zAt + i] = x[xAt + i] * y[yAt + i];
        }
    }

    @Override
    public void addProduct(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        for (int i = 0; i < length; i++) {
            z[zAt + i] += x[xAt + i] * y[yAt + i];
        }
    }

    @Override
    public void max(float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = Math.max(y[yAt + i], x[xAt + i]);
        }
    }

    @Override
    public void relu(float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = Math.max(x[xAt + i], 0f);
        }
    }

    @Override
    public void addRelu(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        for (int i = 0; i < length; i++) {
            z[zAt + i] = Math.max(x[xAt + i] + y[yAt + i], 0f);
        }
    }

    @Override
    public void everySecond(float[] x, int xAt, float[] y, int yAt, int length, int room) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = x[xAt + 2 * i];
        }
    }

    @Override
    public void reluMask(float[] y, int yAt, float[] dy, int dyAt, int length) {
        for (int i = 0; i < length; i++) {
            int bits = Float.floatToRawIntBits(y[yAt + i]);
            dy[dyAt + i] = Float.intBitsToFloat(Float.floatToRawIntBits(dy[dyAt + i]) & positive(bits));
        }
    }

    /**
     * All ones for the bits of a positive number or of a NaN, otherwise 0. Without a branch, which the signs of activations make a matter
     * of luck.
     */
    private static int positive(int bits) {
        int notPositive = bits | (bits - 1); // the sign of -0.0 is in the one, that of 0.0 in the other
        int orNaN = POSITIVE_INFINITY - (bits & Integer.MAX_VALUE);
        return ~(notPositive >> 31) | (orNaN >> 31);
    }

    @Override
    public float sum(float[] x, int xAt, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i <= length - CHAINS; i += CHAINS) {
            int at = xAt + i;
            s0 += x[at];
            s1 += x[at + 1];
            s2 += x[at + 2];
            s3 += x[at + 3];
            s4 += x[at + 4];
            s5 += x[at + 5];
            s6 += x[at + 6];
            s7 += x[at + 7];
        }
        for (; i < length; i++) {
            s0 += x[xAt + i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    @Override
    public float sumOfSquares(float centre, float[] x, int xAt, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i <= length - CHAINS; i += CHAINS) {
            int at = xAt + i;
            float d0 = x[at] - centre;
            float d1 = x[at + 1] - centre;
            float d2 = x[at + 2] - centre;
            float d3 = x[at + 3] - centre;
            float d4 = x[at + 4] - centre;
            float d5 = x[at + 5] - centre;
            float d6 = x[at + 6] - centre;
            float d7 = x[at + 7] - centre;
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
            s4 += d4 * d4;
            s5 += d5 * d5;
            s6 += d6 * d6;
            s7 += d7 * d7;
        }
        for (; i < length; i++) {
            float d = x[xAt + i] - centre;
            s0 += d * d;
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    @Override
    public float dot(float[] x, int xAt, float[] y, int yAt, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i <= length - 4; i += 4) {
            int a = xAt + i;
            int b = yAt + i;
            s0 += x[a] * y[b];
            s1 += x[a + 1] * y[b + 1];
            s2 += x[a + 2] * y[b + 2];
            s3 += x[a + 3] * y[b + 3];
        }
        for (; i < length; i++) {
            s0 += x[xAt + i] * y[yAt + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public float largest(float[] x, int xAt, int length) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < length; i++) {
            largest = Math.max(largest, x[xAt + i]);
        }
        return largest;
    }

    @Override
    public void descend(float rate, float decay, float[] g, int gAt, float[] w, int wAt, int length) {
        for (int i = 0; i < length; i++) {
            float old = w[wAt + i];
            w[wAt + i] = old - rate * (g[gAt + i] + decay * old);
        }
    }

    @Override
    public void descend(
            float rate,
            float decay,
            float momentum,
            boolean nesterov,
            float[] g,
            int gAt,
            float[] v,
            int vAt,
            float[] w,
            int wAt,
            int length) {
        float ofGradient = nesterov ? 1 : 0;
        float ofVelocity = nesterov ? momentum : 1;
        for (int i = 0; i < length; i++) {
            float old = w[wAt + i];
            float direction = g[gAt + i] + decay * old;
            float velocity = momentum * v[vAt + i] + direction;
            v[vAt + i] = velocity;
            w[wAt + i] = old - rate * (ofGradient * direction + ofVelocity * velocity);
        }
    }

    @Override
    public void adam(
            float rate,
            float scale,
            float decay,
            float beta1,
            float beta2,
            float eps,
            float[] g,
            int gAt,
            float[] m,
            int mAt,
            float[] v,
            int vAt,
            float[] w,
            int wAt,
            int length) {
        for (int i = 0; i < length; i++) {
            float old = w[wAt + i];
            float direction = g[gAt + i] + decay * old;
            float mean = beta1 * m[mAt + i] + (1 - beta1) * direction;
            float square = beta2 * v[vAt + i] + (1 - beta2) * (direction * direction);
            m[mAt + i] = mean;
            v[vAt + i] = square;
            w[wAt + i] = old - rate * (mean / ((float) Math.sqrt(square) * scale + eps));
        }
    }
}
