package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Gradients of means, of which each pixel gets its share. */
final class PixelShares {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private PixelShares() {}

    /** As {@link dev.fovea.runtime.simd.PixelSimd#addShares}. */
    static void add(float factor, float[] dy, int dyAt, float[] dx, int dxAt, int xStep, int pixels) {
        FloatVector share = FloatVector.broadcast(SPECIES, factor);
        for (int i = 0; i < pixels; i++) {
            int to = dxAt + i * xStep;
            FloatVector.fromArray(SPECIES, dy, dyAt + i * LANES)
                    .fma(share, FloatVector.fromArray(SPECIES, dx, to))
                    .intoArray(dx, to);
        }
    }

    /** As {@link dev.fovea.runtime.simd.PixelSimd#repeat}. */
    static void writeToAll(float[] x, int xAt, float[] y, int yAt, int pixels) {
        FloatVector one = FloatVector.fromArray(SPECIES, x, xAt);
        for (int i = 0; i < pixels * LANES; i += LANES) {
            one.intoArray(y, yAt + i);
        }
    }

    /** The same, added to what is there. */
    static void addToAll(float[] x, int xAt, float[] y, int yAt, int pixels) {
        FloatVector one = FloatVector.fromArray(SPECIES, x, xAt);
        for (int i = 0; i < pixels * LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, y, yAt + i).add(one).intoArray(y, yAt + i);
        }
    }
}
