package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.Simd;

/** {@code max(x, 0)}. */
record ReluActivation(Simd simd) implements Activation {
    @Override
    public void apply(float[] x, int xAt, float[] y, int yAt, int length) {
        simd.relu(x, xAt, y, yAt, length);
    }

    @Override
    public void applyToSum(Simd loops, float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        simd.addRelu(x, xAt, y, yAt, z, zAt, length);
    }

    @Override
    public void gradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        simd.reluMask(y, yAt, dy, dyAt, length);
    }
}
