package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Gradients of pixels that are sums of others, each channel with numbers of its own. */
final class PixelCombinations {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private PixelCombinations() {}

    /** As {@link dev.fovea.runtime.simd.PixelSimd#combine}. */
    static void write(
            float[] numbers, int numbersAt, float[] y, int yAt, float[] x, int xAt, float[] z, int zAt, int pixels) {
        FloatVector centre = FloatVector.fromArray(SPECIES, numbers, numbersAt);
        FloatVector ofY = FloatVector.fromArray(SPECIES, numbers, numbersAt + LANES);
        FloatVector ofX = FloatVector.fromArray(SPECIES, numbers, numbersAt + 2 * LANES);
        FloatVector offset = FloatVector.fromArray(SPECIES, numbers, numbersAt + 3 * LANES);
        for (int i = 0; i < pixels * LANES; i += LANES) {
            FloatVector fromX =
                    FloatVector.fromArray(SPECIES, x, xAt + i).sub(centre).fma(ofX, offset);
            FloatVector.fromArray(SPECIES, y, yAt + i).fma(ofY, fromX).intoArray(z, zAt + i);
        }
    }

    /** The same, added to what is there. */
    static void add(
            float[] numbers, int numbersAt, float[] y, int yAt, float[] x, int xAt, float[] z, int zAt, int pixels) {
        FloatVector centre = FloatVector.fromArray(SPECIES, numbers, numbersAt);
        FloatVector ofY = FloatVector.fromArray(SPECIES, numbers, numbersAt + LANES);
        FloatVector ofX = FloatVector.fromArray(SPECIES, numbers, numbersAt + 2 * LANES);
        FloatVector offset = FloatVector.fromArray(SPECIES, numbers, numbersAt + 3 * LANES);
        for (int i = 0; i < pixels * LANES; i += LANES) {
            FloatVector fromX =
                    FloatVector.fromArray(SPECIES, x, xAt + i).sub(centre).fma(ofX, offset);
            FloatVector.fromArray(SPECIES, y, yAt + i)
                    .fma(ofY, fromX)
                    .add(FloatVector.fromArray(SPECIES, z, zAt + i))
                    .intoArray(z, zAt + i);
        }
    }

    /** As {@link dev.fovea.runtime.simd.PixelSimd#addScaled}. */
    static void addScaled(float[] factors, int factorsAt, float[] y, int yAt, float[] z, int zAt, int pixels) {
        FloatVector factor = FloatVector.fromArray(SPECIES, factors, factorsAt);
        for (int i = 0; i < pixels * LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, y, yAt + i)
                    .fma(factor, FloatVector.fromArray(SPECIES, z, zAt + i))
                    .intoArray(z, zAt + i);
        }
    }
}
