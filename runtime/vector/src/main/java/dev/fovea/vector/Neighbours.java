package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The largest of three, along a row and down a column, each with its place. */
final class Neighbours {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private Neighbours() {}

    /** Registers until {@code length} elements are done, or a few more; {@code place} is that of the first element. */
    static void threes(float[] x, int xAt, int place, float[] y, int yAt, int placesAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector largest = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector second = FloatVector.fromArray(SPECIES, x, xAt + i + 1);
            VectorMask<Float> wins =
                    second.compare(VectorOperators.GT, largest).or(second.compare(VectorOperators.NE, second));
            largest = largest.blend(second, wins);
            FloatVector at = FloatVector.zero(SPECIES).blend(Float.intBitsToFloat(1), wins);
            FloatVector third = FloatVector.fromArray(SPECIES, x, xAt + i + 2);
            wins = third.compare(VectorOperators.GT, largest).or(third.compare(VectorOperators.NE, third));
            largest.blend(third, wins).intoArray(y, yAt + i);
            at.blend(Float.intBitsToFloat(2), wins)
                    .reinterpretAsInts()
                    .add(IntVector.zero(INTS).addIndex(1))
                    .add(place + i)
                    .reinterpretAsFloats()
                    .intoArray(y, placesAt + i);
        }
    }

    /** As many registers as hold the rows. */
    static void rows(float[] y, int first, int second, int third, int places, int to, int placesTo, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector largest = FloatVector.fromArray(SPECIES, y, first + i);
            FloatVector one = FloatVector.fromArray(SPECIES, y, second + i);
            VectorMask<Float> wins = one.compare(VectorOperators.GT, largest).or(one.compare(VectorOperators.NE, one));
            largest = largest.blend(one, wins);
            FloatVector place = FloatVector.fromArray(SPECIES, y, places + first + i)
                    .blend(FloatVector.fromArray(SPECIES, y, places + second + i), wins);
            one = FloatVector.fromArray(SPECIES, y, third + i);
            wins = one.compare(VectorOperators.GT, largest).or(one.compare(VectorOperators.NE, one));
            largest.blend(one, wins).intoArray(y, to + i);
            place.blend(FloatVector.fromArray(SPECIES, y, places + third + i), wins)
                    .intoArray(y, placesTo + i);
        }
    }
}
