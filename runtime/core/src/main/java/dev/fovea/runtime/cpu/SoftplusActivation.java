package dev.fovea.runtime.cpu;

/** {@code log(1 + e^x)}; a rare operator, so plain arithmetic in double serves. */
record SoftplusActivation() implements Activation {
    /** From here on {@code log(1 + e^x)} is x to float. */
    private static final float LINEAR = 20;

    @Override
    public void apply(float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            float in = x[xAt + i];
            y[yAt + i] = in > LINEAR ? in : (float) Math.log1p(Math.exp(in));
        }
    }

    @Override
    public void gradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        for (int i = 0; i < length; i++) {
            dy[dyAt + i] *= (float) -Math.expm1(-y[yAt + i]);
        }
    }
}
