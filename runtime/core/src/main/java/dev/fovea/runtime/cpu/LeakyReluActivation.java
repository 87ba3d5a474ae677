package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.Simd;

/** {@code x} where {@code x > 0}, else {@code slope·x}. */
record LeakyReluActivation(Simd simd, float slope) implements Activation {
    @Override
    public void apply(float[] x, int xAt, float[] y, int yAt, int length) {
        simd.functions().leakyRelu(slope, x, xAt, y, yAt, length);
    }

    @Override
    public void gradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        simd.functions().leakyReluGradient(slope, y, yAt, dy, dyAt, length);
    }
}
