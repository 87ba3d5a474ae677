package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What the statistics of pixels and their gradients are made of: two sums at once, every fourth pixel by itself. */
final class PixelMoments {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int TOGETHER = 4;

    private PixelMoments() {}

    /** As {@link dev.fovea.runtime.simd.PixelSimd#moments}. */
    static void squares(float[] centres, int centresAt, float[] x, int xAt, int pixels, float[] sums, int sumsAt) {
        FloatVector centre = FloatVector.fromArray(SPECIES, centres, centresAt);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector q0 = s0;
        FloatVector q1 = s0;
        FloatVector q2 = s0;
        FloatVector q3 = s0;
        int i = 0;
        for (; i <= pixels - TOGETHER; i += TOGETHER) {
            int at = xAt + i * LANES;
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, at).sub(centre);
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + LANES).sub(centre);
            FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES).sub(centre);
            FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + 3 * LANES).sub(centre);
            s0 = s0.add(d0);
            s1 = s1.add(d1);
            s2 = s2.add(d2);
            s3 = s3.add(d3);
            q0 = d0.fma(d0, q0);
            q1 = d1.fma(d1, q1);
            q2 = d2.fma(d2, q2);
            q3 = d3.fma(d3, q3);
        }
        for (; i < pixels; i++) {
            FloatVector d = FloatVector.fromArray(SPECIES, x, xAt + i * LANES).sub(centre);
            s0 = s0.add(d);
            q0 = d.fma(d, q0);
        }
        s0.add(s1).add(s2.add(s3)).intoArray(sums, sumsAt);
        q0.add(q1).add(q2.add(q3)).intoArray(sums, sumsAt + LANES);
    }

    /** As {@link dev.fovea.runtime.simd.PixelSimd#gradientSums}. */
    static void products(
            float[] centres,
            int centresAt,
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            int pixels,
            float[] sums,
            int sumsAt) {
        FloatVector centre = FloatVector.fromArray(SPECIES, centres, centresAt);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector q0 = s0;
        FloatVector q1 = s0;
        FloatVector q2 = s0;
        FloatVector q3 = s0;
        int i = 0;
        for (; i <= pixels - TOGETHER; i += TOGETHER) {
            int at = xAt + i * LANES;
            int to = dyAt + i * LANES;
            FloatVector g0 = FloatVector.fromArray(SPECIES, dy, to);
            FloatVector g1 = FloatVector.fromArray(SPECIES, dy, to + LANES);
            FloatVector g2 = FloatVector.fromArray(SPECIES, dy, to + 2 * LANES);
            FloatVector g3 = FloatVector.fromArray(SPECIES, dy, to + 3 * LANES);
            s0 = s0.add(g0);
            s1 = s1.add(g1);
            s2 = s2.add(g2);
            s3 = s3.add(g3);
            q0 = FloatVector.fromArray(SPECIES, x, at).sub(centre).fma(g0, q0);
            q1 = FloatVector.fromArray(SPECIES, x, at + LANES).sub(centre).fma(g1, q1);
            q2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES).sub(centre).fma(g2, q2);
            q3 = FloatVector.fromArray(SPECIES, x, at + 3 * LANES).sub(centre).fma(g3, q3);
        }
        for (; i < pixels; i++) {
            FloatVector g = FloatVector.fromArray(SPECIES, dy, dyAt + i * LANES);
            s0 = s0.add(g);
            q0 = FloatVector.fromArray(SPECIES, x, xAt + i * LANES).sub(centre).fma(g, q0);
        }
        s0.add(s1).add(s2.add(s3)).intoArray(sums, sumsAt);
        q0.add(q1).add(q2.add(q3)).intoArray(sums, sumsAt + LANES);
    }
}
