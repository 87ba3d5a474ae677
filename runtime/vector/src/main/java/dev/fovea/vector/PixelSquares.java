package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The largest of two by two pixels and which it was: of so few it is quicker to compare floats and to look for NaN than to make integers of all. */
final class PixelSquares {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private PixelSquares() {}

    /** As {@link dev.fovea.runtime.simd.PixelSimd#firstOfSquares}. */
    static void first(
            float[] x, int xAt, int below, int xStep, float[] y, int yAt, float[] winners, int winnersAt, int pixels) {
        FloatVector first = FloatVector.zero(SPECIES);
        FloatVector second = IntVector.broadcast(INTS, 1).reinterpretAsFloats();
        FloatVector third = IntVector.broadcast(INTS, 2).reinterpretAsFloats();
        FloatVector fourth = IntVector.broadcast(INTS, 3).reinterpretAsFloats();
        for (int i = 0; i < pixels; i++) {
            int at = xAt + i * xStep;
            FloatVector a = FloatVector.fromArray(SPECIES, x, at);
            FloatVector b = FloatVector.fromArray(SPECIES, x, at + LANES);
            FloatVector c = FloatVector.fromArray(SPECIES, x, at + below);
            FloatVector d = FloatVector.fromArray(SPECIES, x, at + below + LANES);
            VectorMask<Float> right = b.compare(VectorOperators.GT, a).or(b.compare(VectorOperators.NE, b));
            FloatVector upper = a.blend(b, right);
            FloatVector place = first.blend(second, right);
            right = d.compare(VectorOperators.GT, c).or(d.compare(VectorOperators.NE, d));
            FloatVector lower = c.blend(d, right);
            FloatVector other = third.blend(fourth, right);
            VectorMask<Float> down =
                    lower.compare(VectorOperators.GT, upper).or(lower.compare(VectorOperators.NE, lower));
            upper.blend(lower, down).intoArray(y, yAt + i * LANES);
            place.blend(other, down).intoArray(winners, winnersAt + i * LANES);
        }
    }
}
