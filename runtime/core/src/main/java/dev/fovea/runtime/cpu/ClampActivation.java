package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.Simd;

/** {@code factor·x + offset}, but not below 0 nor above {@code high}: relu6 and the straight sigmoid. */
record ClampActivation(Simd simd, float factor, float offset, float high) implements Activation {
    @Override
    public void apply(float[] x, int xAt, float[] y, int yAt, int length) {
        if (factor == 1 && offset == 0) {
            simd.functions().clamp(0, high, x, xAt, y, yAt, length);
            return;
        }
        simd.affine(factor, offset, x, xAt, y, yAt, length);
        simd.functions().clamp(0, high, y, yAt, y, yAt, length);
    }

    @Override
    public void gradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        simd.functions().clampGradient(0, high, y, yAt, dy, dyAt, length);
        if (factor != 1) {
            simd.scale(factor, dy, dyAt, length);
        }
    }
}
