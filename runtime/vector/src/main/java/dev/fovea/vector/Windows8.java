package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight windows at a time, in one register of results. With stride 2 twice as many floats are loaded; taken as pairs of 64
 * bits and narrowed to their lower halves they are every second float.
 *
 * <p>One loop over the taps and no more: the compiler of JDK 17 keeps vectors in registers through one loop, not through
 * two nested ones. {@link Windows4} is this class for registers of 256 bits.
 */
final class Windows8 {
    static final int LANES = 8;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final VectorSpecies<Float> DOUBLE = FloatVector.SPECIES_512;

    private Windows8() {}

    static void sum(int[] offsets, int taps, float[] x, int xAt, float[] y, int yAt) {
        FloatVector sum = FloatVector.fromArray(SPECIES, x, xAt);
        for (int tap = 1; tap < taps; tap++) {
            sum = sum.add(FloatVector.fromArray(SPECIES, x, xAt + offsets[tap]));
        }
        sum.intoArray(y, yAt);
    }

    static void sumOfSecond(int[] offsets, int taps, float[] x, int xAt, float[] y, int yAt) {
        FloatVector sum = everySecond(x, xAt);
        for (int tap = 1; tap < taps; tap++) {
            sum = sum.add(everySecond(x, xAt + offsets[tap]));
        }
        sum.intoArray(y, yAt);
    }

    static void max(int[] offsets, int taps, float[] x, int xAt, float[] y, int yAt) {
        FloatVector largest = FloatVector.fromArray(SPECIES, x, xAt);
        for (int tap = 1; tap < taps; tap++) {
            largest = largest.max(FloatVector.fromArray(SPECIES, x, xAt + offsets[tap]));
        }
        largest.intoArray(y, yAt);
    }

    static void maxOfSecond(int[] offsets, int taps, float[] x, int xAt, float[] y, int yAt) {
        FloatVector largest = everySecond(x, xAt);
        for (int tap = 1; tap < taps; tap++) {
            largest = largest.max(everySecond(x, xAt + offsets[tap]));
        }
        largest.intoArray(y, yAt);
    }

    static void winner(
            int[] offsets,
            int taps,
            float[] x,
            int planeAt,
            int origin,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt) {
        int at = planeAt + origin;
        FloatVector largest = FloatVector.fromArray(SPECIES, x, at);
        FloatVector winner = FloatVector.zero(SPECIES);
        for (int tap = 1; tap < taps; tap++) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, at + offsets[tap]);
            VectorMask<Float> wins =
                    value.compare(VectorOperators.GT, largest).or(value.compare(VectorOperators.NE, value));
            largest = largest.blend(value, wins);
            winner = winner.blend(Float.intBitsToFloat(offsets[tap]), wins);
        }
        largest.intoArray(y, yAt);
        positions(winner, origin, 1).intoArray(winners, winnersAt);
    }

    static void winnerOfSecond(
            int[] offsets,
            int taps,
            float[] x,
            int planeAt,
            int origin,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt) {
        int at = planeAt + origin;
        FloatVector largest = everySecond(x, at);
        FloatVector winner = FloatVector.zero(SPECIES);
        for (int tap = 1; tap < taps; tap++) {
            FloatVector value = everySecond(x, at + offsets[tap]);
            VectorMask<Float> wins =
                    value.compare(VectorOperators.GT, largest).or(value.compare(VectorOperators.NE, value));
            largest = largest.blend(value, wins);
            winner = winner.blend(Float.intBitsToFloat(offsets[tap]), wins);
        }
        largest.intoArray(y, yAt);
        positions(winner, origin, 2).intoArray(winners, winnersAt);
    }

    private static FloatVector everySecond(float[] x, int at) {
        LongVector pairs = FloatVector.fromArray(DOUBLE, x, at).reinterpretAsLongs();
        return ((IntVector) pairs.convertShape(VectorOperators.L2I, INTS, 0)).reinterpretAsFloats();
    }

    /** From offsets within windows to positions in the plane. */
    private static FloatVector positions(FloatVector winner, int origin, int stride) {
        return winner.reinterpretAsInts()
                .add(IntVector.zero(INTS).addIndex(stride))
                .add(origin)
                .reinterpretAsFloats();
    }
}
