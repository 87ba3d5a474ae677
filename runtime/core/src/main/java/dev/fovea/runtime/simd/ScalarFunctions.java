package dev.fovea.runtime.simd;

/** {@link SimdFunctions} in plain loops; what C2 would not vectorise as it stands in {@link ScalarChunk}. */
final class ScalarFunctions implements SimdFunctions {
    private final ThreadLocal<ScalarChunk> chunks = ThreadLocal.withInitial(ScalarChunk::new);

    @Override
    public void subtract(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        for (int i = 0; i < length; i++) {
            z[zAt + i] = x[xAt + i] - y[yAt + i];
        }
    }

    @Override
    public void normalize(float centre, float a, float b, float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = a * (x[xAt + i] - centre) + b;
        }
    }

    @Override
    public void combine(
            float a,
            float[] y,
            int yAt,
            float b,
            float centre,
            float[] x,
            int xAt,
            float c,
            float[] z,
            int zAt,
            int length) {
        for (int i = 0; i < length; i++) {
            z[zAt + i] = a * y[yAt + i] + b * (x[xAt + i] - centre) + c;
        }
    }

    @Override
    public void addCombination(
            float a,
            float[] y,
            int yAt,
            float b,
            float centre,
            float[] x,
            int xAt,
            float c,
            float[] z,
            int zAt,
            int length) {
        for (int i = 0; i < length; i++) {
            z[zAt + i] += a * y[yAt + i] + b * (x[xAt + i] - centre) + c;
        }
    }

    @Override
    public float dotCentred(float centre, float[] x, int xAt, float[] y, int yAt, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i <= length - 4; i += 4) {
            int a = xAt + i;
            int b = yAt + i;
            s0 += (x[a] - centre) * y[b];
            s1 += (x[a + 1] - centre) * y[b + 1];
            s2 += (x[a + 2] - centre) * y[b + 2];
            s3 += (x[a + 3] - centre) * y[b + 3];
        }
        for (; i < length; i++) {
            s0 += (x[xAt + i] - centre) * y[yAt + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public float squaredDistance(float[] x, int xAt, float[] y, int yAt, int length) {
        float even = 0;
        float odd = 0;
        int i = 0;
        for (; i <= length - 2; i += 2) {
            float d0 = x[xAt + i] - y[yAt + i];
            float d1 = x[xAt + i + 1] - y[yAt + i + 1];
            even += d0 * d0;
            odd += d1 * d1;
        }
        if (i < length) {
            float d = x[xAt + i] - y[yAt + i];
            even += d * d;
        }
        return even + odd;
    }

    @Override
    public void exp(float shift, float[] x, int xAt, float[] y, int yAt, int length) {
        if (length < ScalarChunk.SHORT) {
            for (int i = 0; i < length; i++) {
                y[yAt + i] = Exponential.exp(x[xAt + i] - shift);
            }
            return;
        }
        ScalarChunk chunk = chunks.get();
        for (int i = 0; i < length; i += ScalarChunk.LENGTH) {
            int count = Math.min(ScalarChunk.LENGTH, length - i);
            chunk.take(x, xAt + i, count);
            chunk.exp(shift, count);
            chunk.give(y, yAt + i, count);
        }
    }

    @Override
    public void sigmoid(float[] x, int xAt, float[] y, int yAt, int length) {
        if (length < ScalarChunk.SHORT) {
            for (int i = 0; i < length; i++) {
                y[yAt + i] = 1 / (1 + Exponential.exp(-x[xAt + i]));
            }
            return;
        }
        ScalarChunk chunk = chunks.get();
        for (int i = 0; i < length; i += ScalarChunk.LENGTH) {
            int count = Math.min(ScalarChunk.LENGTH, length - i);
            chunk.take(x, xAt + i, count);
            chunk.sigmoid(count);
            chunk.give(y, yAt + i, count);
        }
    }

    @Override
    public void sigmoidGradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        for (int i = 0; i < length; i++) {
            dy[dyAt + i] *= y[yAt + i] * (1 - y[yAt + i]);
        }
    }

    @Override
    public void tanh(float[] x, int xAt, float[] y, int yAt, int length) {
        if (length < ScalarChunk.SHORT) {
            for (int i = 0; i < length; i++) {
                y[yAt + i] = Exponential.tanh(x[xAt + i]);
            }
            return;
        }
        ScalarChunk chunk = chunks.get();
        for (int i = 0; i < length; i += ScalarChunk.LENGTH) {
            int count = Math.min(ScalarChunk.LENGTH, length - i);
            chunk.take(x, xAt + i, count);
            chunk.tanh(count);
            chunk.give(y, yAt + i, count);
        }
    }

    @Override
    public void tanhGradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        for (int i = 0; i < length; i++) {
            dy[dyAt + i] *= 1 - y[yAt + i] * y[yAt + i];
        }
    }

    @Override
    public void leakyRelu(float slope, float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = x[xAt + i] > 0 ? x[xAt + i] : slope * x[xAt + i];
        }
    }

    @Override
    public void leakyReluGradient(float slope, float[] y, int yAt, float[] dy, int dyAt, int length) {
        for (int i = 0; i < length; i++) {
            dy[dyAt + i] = y[yAt + i] > 0 ? dy[dyAt + i] : slope * dy[dyAt + i];
        }
    }

    @Override
    public void clamp(float low, float high, float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = Math.min(Math.max(x[xAt + i], low), high);
        }
    }

    @Override
    public void clampGradient(float low, float high, float[] y, int yAt, float[] dy, int dyAt, int length) {
        for (int i = 0; i < length; i++) {
            dy[dyAt + i] = y[yAt + i] <= low || y[yAt + i] >= high ? 0 : dy[dyAt + i];
        }
    }

    @Override
    public void elu(float a, float[] x, int xAt, float[] y, int yAt, int length) {
        if (length < ScalarChunk.SHORT) {
            for (int i = 0; i < length; i++) {
                float in = x[xAt + i];
                y[yAt + i] = in > 0 ? in : a * Exponential.exponentialLessOne(in);
            }
            return;
        }
        ScalarChunk chunk = chunks.get();
        for (int i = 0; i < length; i += ScalarChunk.LENGTH) {
            int count = Math.min(ScalarChunk.LENGTH, length - i);
            chunk.take(x, xAt + i, count);
            chunk.elu(a, count);
            chunk.give(y, yAt + i, count);
        }
    }

    @Override
    public void eluGradient(float a, float[] y, int yAt, float[] dy, int dyAt, int length) {
        for (int i = 0; i < length; i++) {
            dy[dyAt + i] *= y[yAt + i] > 0 ? 1 : y[yAt + i] + a;
        }
    }

    @Override
    public void silu(float[] x, int xAt, float[] y, int yAt, int length) {
        if (length < ScalarChunk.SHORT) {
            for (int i = 0; i < length; i++) {
                y[yAt + i] = x[xAt + i] * (1 / (1 + Exponential.exp(-x[xAt + i])));
            }
            return;
        }
        ScalarChunk chunk = chunks.get();
        for (int i = 0; i < length; i += ScalarChunk.LENGTH) {
            int count = Math.min(ScalarChunk.LENGTH, length - i);
            chunk.take(x, xAt + i, count);
            chunk.silu(count);
            chunk.give(y, yAt + i, count);
        }
    }

    @Override
    public void siluSlope(float[] x, int xAt, float[] y, int yAt, int length) {
        if (length < ScalarChunk.SHORT) {
            for (int i = 0; i < length; i++) {
                float gate = 1 / (1 + Exponential.exp(-x[xAt + i]));
                y[yAt + i] = gate + x[xAt + i] * (gate * (1 - gate));
            }
            return;
        }
        ScalarChunk chunk = chunks.get();
        for (int i = 0; i < length; i += ScalarChunk.LENGTH) {
            int count = Math.min(ScalarChunk.LENGTH, length - i);
            chunk.take(x, xAt + i, count);
            chunk.siluSlope(count);
            chunk.give(y, yAt + i, count);
        }
    }

    @Override
    public void geluSlope(float[] x, int xAt, float[] y, int yAt, int length) {
        if (length < ScalarChunk.SHORT) {
            for (int i = 0; i < length; i++) {
                float in = x[xAt + i];
                float density = Exponential.NORMAL_PEAK * Exponential.exp(-0.5f * in * in);
                y[yAt + i] = Exponential.normalShare(in) + in * density;
            }
            return;
        }
        ScalarChunk chunk = chunks.get();
        for (int i = 0; i < length; i += ScalarChunk.LENGTH) {
            int count = Math.min(ScalarChunk.LENGTH, length - i);
            chunk.take(x, xAt + i, count);
            chunk.geluSlope(count);
            chunk.give(y, yAt + i, count);
        }
    }

    @Override
    public void normalShare(float[] x, int xAt, float[] y, int yAt, int length) {
        if (length < ScalarChunk.SHORT) {
            for (int i = 0; i < length; i++) {
                y[yAt + i] = Exponential.normalShare(x[xAt + i]);
            }
            return;
        }
        ScalarChunk chunk = chunks.get();
        for (int i = 0; i < length; i += ScalarChunk.LENGTH) {
            int count = Math.min(ScalarChunk.LENGTH, length - i);
            chunk.take(x, xAt + i, count);
            chunk.normalShare(count);
            chunk.give(y, yAt + i, count);
        }
    }

    @Override
    public void energy(
            float scale, float offset, float[] x, int xAt, int step, int rows, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = scale * x[xAt + i] * x[xAt + i] + offset;
        }
        for (int row = 1; row < rows; row++) {
            int at = xAt + row * step;
            for (int i = 0; i < length; i++) {
                y[yAt + i] += scale * x[at + i] * x[at + i];
            }
        }
    }

    @Override
    public void inversePower(float exponent, float[] x, int xAt, float[] y, int yAt, int length) {
        boolean quick = exponent == 0.25f || exponent == 0.5f || exponent == 0.75f || exponent == 1;
        if (length < ScalarChunk.SHORT || !quick) {
            for (int i = 0; i < length; i++) {
                y[yAt + i] = inversePower(exponent, x[xAt + i]);
            }
            return;
        }
        ScalarChunk chunk = chunks.get();
        for (int i = 0; i < length; i += ScalarChunk.LENGTH) {
            int count = Math.min(ScalarChunk.LENGTH, length - i);
            chunk.take(x, xAt + i, count);
            chunk.inversePower(exponent, count);
            chunk.give(y, yAt + i, count);
        }
    }

    /** Square roots are exact to the last bit and, where they serve, several times faster than a power. */
    static float inversePower(float exponent, float x) {
        if (exponent == 0.25f) {
            return 1 / (float) Math.sqrt((float) Math.sqrt(x));
        }
        if (exponent == 0.5f) {
            return 1 / (float) Math.sqrt(x);
        }
        if (exponent == 0.75f) {
            float root = (float) Math.sqrt(x);
            return 1 / (root * (float) Math.sqrt(root));
        }
        return exponent == 1 ? 1 / x : (float) Math.pow(x, -exponent);
    }
}
