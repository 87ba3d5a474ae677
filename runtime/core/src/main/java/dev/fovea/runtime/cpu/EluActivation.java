package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.Simd;

/** {@code scale·x} where {@code x > 0}, else {@code scale·alpha·(e^x − 1)}: elu and selu. */
record EluActivation(Simd simd, float scale, float alpha) implements Activation {
    @Override
    public void apply(float[] x, int xAt, float[] y, int yAt, int length) {
        simd.functions().elu(alpha, x, xAt, y, yAt, length);
        if (scale != 1) {
            simd.scale(scale, y, yAt, length);
        }
    }

    @Override
    public void gradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        // y = scale·e with e the elu without scale: dy·scale where y > 0, else dy·(y + scale·alpha)
        if (scale == 1) {
            simd.functions().eluGradient(alpha, y, yAt, dy, dyAt, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            dy[dyAt + i] *= y[yAt + i] > 0 ? scale : y[yAt + i] + scale * alpha;
        }
    }
}
