package dev.fovea.vector;

import dev.fovea.runtime.simd.WinogradSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Winograd's transform of 3×3 kernels, a lane for each: {@code U = G·g·Gᵀ} of F(4×4, 3×3), G being
 *
 * <pre>
 *    1/4      0     0
 *   −1/6   −1/6  −1/6
 *   −1/6    1/6  −1/6
 *   1/24   1/12   1/6
 *   1/24  −1/12   1/6
 *      0      0     1
 * </pre>
 *
 * <p>A row of U at a time, whose row of G·g stays in registers. Keeping all of G·g, 18 registers, between the two products would spare reading g again, but what is
 * compiled together would be longer than the compiler takes in every process (decision 14).
 */
final class VectorKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final float SIXTH = 1f / 6;
    private static final float TWELFTH = 1f / 12;
    private static final float TWENTY_FOURTH = 1f / 24;

    /** G by rows. */
    private static final float[] G = flat(new float[][] {
        {0.25f, 0, 0},
        {-SIXTH, -SIXTH, -SIXTH},
        {-SIXTH, SIXTH, -SIXTH},
        {TWENTY_FOURTH, TWELFTH, SIXTH},
        {TWENTY_FOURTH, -TWELFTH, SIXTH},
        {0, 0, 1}
    });

    private VectorKernels() {}

    private static float[] flat(float[][] rows) {
        float[] all = new float[3 * rows.length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, all, 3 * row, 3);
        }
        return all;
    }

    /** As {@link WinogradSimd#kernels}. */
    static void transform(float[] g, int gAt, float[] u, int uAt, int stride) {
        for (int row = 0; row < 6; row++) {
            int at = 3 * row;
            row(g, gAt, G[at], G[at + 1], G[at + 2], u, uAt + 6 * row * stride, stride);
        }
    }

    private static void row(float[] g, int gAt, float a, float b, float c, float[] u, int uAt, int stride) {
        FloatVector ofFirst = FloatVector.broadcast(SPECIES, a);
        FloatVector ofSecond = FloatVector.broadcast(SPECIES, b);
        FloatVector ofThird = FloatVector.broadcast(SPECIES, c);
        FloatVector t0 = FloatVector.fromArray(SPECIES, g, gAt).mul(ofFirst);
        FloatVector t1 = FloatVector.fromArray(SPECIES, g, gAt + LANES).mul(ofFirst);
        FloatVector t2 = FloatVector.fromArray(SPECIES, g, gAt + 2 * LANES).mul(ofFirst);
        t0 = FloatVector.fromArray(SPECIES, g, gAt + 3 * LANES).fma(ofSecond, t0);
        t1 = FloatVector.fromArray(SPECIES, g, gAt + 4 * LANES).fma(ofSecond, t1);
        t2 = FloatVector.fromArray(SPECIES, g, gAt + 5 * LANES).fma(ofSecond, t2);
        t0 = FloatVector.fromArray(SPECIES, g, gAt + 6 * LANES).fma(ofThird, t0);
        t1 = FloatVector.fromArray(SPECIES, g, gAt + 7 * LANES).fma(ofThird, t1);
        t2 = FloatVector.fromArray(SPECIES, g, gAt + 8 * LANES).fma(ofThird, t2);
        FloatVector outer = t0.add(t2).mul(-SIXTH);
        FloatVector inner = t1.mul(SIXTH);
        FloatVector far = t0.mul(TWENTY_FOURTH).add(t2.mul(SIXTH));
        FloatVector near = t1.mul(TWELFTH);
        t0.mul(0.25f).intoArray(u, uAt);
        outer.sub(inner).intoArray(u, uAt + stride);
        outer.add(inner).intoArray(u, uAt + 2 * stride);
        far.add(near).intoArray(u, uAt + 3 * stride);
        far.sub(near).intoArray(u, uAt + 4 * stride);
        t2.intoArray(u, uAt + 5 * stride);
    }
}
