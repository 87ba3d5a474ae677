package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Planes of at least a register, each normalised by numbers of its own. The last register of a plane ends with it, so that some elements are done twice: small
 * planes have no rest, which would take as long as all else.
 */
final class NormalizedPlanes {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private NormalizedPlanes() {}

    /** As {@link dev.fovea.runtime.simd.SimdFunctions#normalizePlanes}, without 0 for what is negative. */
    static void plain(float[] numbers, int distance, float[] x, int xAt, float[] y, int yAt, int planes, int area) {
        int last = area - LANES;
        for (int plane = 0; plane < planes; plane++) {
            FloatVector centre = FloatVector.broadcast(SPECIES, numbers[plane]);
            FloatVector factor = FloatVector.broadcast(SPECIES, numbers[distance + plane]);
            FloatVector offset = FloatVector.broadcast(SPECIES, numbers[2 * distance + plane]);
            int from = xAt + plane * area;
            int to = yAt + plane * area;
            for (int i = 0; i < area; i += LANES) {
                int j = Math.min(i, last);
                FloatVector.fromArray(SPECIES, x, from + j)
                        .sub(centre)
                        .fma(factor, offset)
                        .intoArray(y, to + j);
            }
        }
    }

    /** The same with 0 for what is negative. */
    static void rectified(float[] numbers, int distance, float[] x, int xAt, float[] y, int yAt, int planes, int area) {
        int last = area - LANES;
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int plane = 0; plane < planes; plane++) {
            FloatVector centre = FloatVector.broadcast(SPECIES, numbers[plane]);
            FloatVector factor = FloatVector.broadcast(SPECIES, numbers[distance + plane]);
            FloatVector offset = FloatVector.broadcast(SPECIES, numbers[2 * distance + plane]);
            int from = xAt + plane * area;
            int to = yAt + plane * area;
            for (int i = 0; i < area; i += LANES) {
                int j = Math.min(i, last);
                FloatVector normal =
                        FloatVector.fromArray(SPECIES, x, from + j).sub(centre).fma(factor, offset);
                normal.blend(zero, normal.compare(VectorOperators.LE, zero)).intoArray(y, to + j);
            }
        }
    }
}
