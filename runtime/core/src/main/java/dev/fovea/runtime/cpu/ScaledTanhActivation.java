package dev.fovea.runtime.cpu;

import dev.fovea.ops.ScaledTanh;
import dev.fovea.runtime.simd.Simd;

/** {@code A·tanh(2x/3)}. */
record ScaledTanhActivation(Simd simd) implements Activation {
    @Override
    public void apply(float[] x, int xAt, float[] y, int yAt, int length) {
        simd.affine(2 / 3f, 0, x, xAt, y, yAt, length);
        simd.functions().tanh(y, yAt, y, yAt, length);
        simd.scale(ScaledTanh.AMPLITUDE, y, yAt, length);
    }

    @Override
    public void gradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        float slope = 2 / (3 * ScaledTanh.AMPLITUDE);
        float square = ScaledTanh.AMPLITUDE * ScaledTanh.AMPLITUDE;
        for (int i = 0; i < length; i++) {
            dy[dyAt + i] *= slope * (square - y[yAt + i] * y[yAt + i]);
        }
    }
}
