package dev.fovea.vector;

import dev.fovea.runtime.simd.ScalarSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rectifiers. The last register ends where the range does and overlaps the one before: it is computed first, so that it does not matter
 * whether the result lies in place of what it is made of, and stored last.
 */
final class Rectified {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final ScalarSimd REST = new ScalarSimd();

    private Rectified() {}

    /** {@code y = max(x, 0)}. */
    static void single(float[] x, int xAt, float[] y, int yAt, int length) {
        int end = length - LANES;
        if (end < 0) {
            REST.relu(x, xAt, y, yAt, length);
            return;
        }
        FloatVector last = rectified(FloatVector.fromArray(SPECIES, x, xAt + end));
        for (int i = 0; i < end; i += LANES) {
            rectified(FloatVector.fromArray(SPECIES, x, xAt + i)).intoArray(y, yAt + i);
        }
        last.intoArray(y, yAt + end);
    }

    /** {@code z = max(x + y, 0)}. */
    static void sum(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        int end = length - LANES;
        if (end < 0) {
            REST.addRelu(x, xAt, y, yAt, z, zAt, length);
            return;
        }
        FloatVector last = rectified(
                FloatVector.fromArray(SPECIES, x, xAt + end).add(FloatVector.fromArray(SPECIES, y, yAt + end)));
        for (int i = 0; i < end; i += LANES) {
            rectified(FloatVector.fromArray(SPECIES, x, xAt + i).add(FloatVector.fromArray(SPECIES, y, yAt + i)))
                    .intoArray(z, zAt + i);
        }
        last.intoArray(z, zAt + end);
    }

    /** The maximum would do, but that of Java is three blends on x86, for NaN and the sign of zero. */
    private static FloatVector rectified(FloatVector x) {
        FloatVector zero = FloatVector.zero(SPECIES);
        return x.blend(zero, x.compare(VectorOperators.LE, zero));
    }
}
