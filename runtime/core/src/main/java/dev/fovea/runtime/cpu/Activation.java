package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.Simd;

/** An element-wise operator without parameters whose backward reads only its output. */
public interface Activation {
    /** Does nothing: there is no activation. */
    Activation NONE = new Activation() {
        @Override
        public void apply(float[] x, int xAt, float[] y, int yAt, int length) {
            if (x != y || xAt != yAt) {
                System.arraycopy(x, xAt, y, yAt, length);
            }
        }

        @Override
        public void gradient(float[] y, int yAt, float[] dy, int dyAt, int length) {}
    };

    /** {@code y = f(x)}; the ranges are the same or do not overlap. */
    void apply(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code z = f(x + y)}; z does not overlap the others but may be one of them. */
    default void applyToSum(Simd simd, float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        simd.add(x, xAt, y, yAt, z, zAt, length);
        apply(z, zAt, length);
    }

    /** {@code y = f(y)}. */
    default void apply(float[] y, int yAt, int length) {
        apply(y, yAt, y, yAt, length);
    }

    /** {@code dy = dy·f′}, with f′ worked out from the output {@code y}. */
    void gradient(float[] y, int yAt, float[] dy, int dyAt, int length);
}
