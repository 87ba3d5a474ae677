package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.Simd;

/** {@code 1 / (1 + exp(−x))}. */
record SigmoidActivation(Simd simd) implements Activation {
    @Override
    public void apply(float[] x, int xAt, float[] y, int yAt, int length) {
        simd.functions().sigmoid(x, xAt, y, yAt, length);
    }

    @Override
    public void gradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        simd.functions().sigmoidGradient(y, yAt, dy, dyAt, length);
    }
}
