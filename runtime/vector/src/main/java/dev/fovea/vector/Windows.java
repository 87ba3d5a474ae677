package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many windows at a time as a register has lanes. With stride 2 every second float of two registers is taken.
 *
 * <p>Half registers would fit rows of few windows better, but vectors of a second size are poison for all other code: the compiler
 * learns of types in methods of the library that all share, and where it has once seen two it makes objects of vectors, in matrix
 * products too. All of a register is computed and stored: a row that is shorter needs room behind it.
 *
 * <p>One loop over the taps and no more: the compiler of JDK 17 keeps vectors in registers through one loop, not through
 * two nested ones.
 */
final class Windows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    /** Windows in a register. */
    static final int LANES = SPECIES.length();

    private static final int HALF = Math.max(1, LANES / 2);
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(SPECIES, i -> 2 * (i % HALF));
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(SPECIES, -1L << HALF & (1L << LANES) - 1);

    private Windows() {}

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
        winner.reinterpretAsInts() // from offsets within windows to positions in the plane
                .add(IntVector.zero(INTS).addIndex(1))
                .add(origin)
                .reinterpretAsFloats()
                .intoArray(winners, winnersAt);
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
        winner.reinterpretAsInts() // from offsets within windows to positions in the plane
                .add(IntVector.zero(INTS).addIndex(2))
                .add(origin)
                .reinterpretAsFloats()
                .intoArray(winners, winnersAt);
    }

    /** {@code y[i] = x[2·i]}, in whole registers where y has room for them and x goes on so far. */
    static void everySecond(float[] x, int xAt, float[] y, int yAt, int length, int room) {
        int fits = Math.min(room, (x.length - xAt) / 2);
        int whole = Math.min(length, fits - LANES + 1);
        int i = 0;
        for (; i < whole; i += LANES) {
            everySecond(x, xAt + 2 * i).intoArray(y, yAt + i);
        }
        for (; i < length; i++) {
            y[yAt + i] = x[xAt + 2 * i];
        }
    }

    /** A register of every second float for each pair of places. */
    static void everySecond(float[] x, int xAt, int[] places, int pairs, float[] y, int yAt) {
        for (int p = 0; p < 2 * pairs; p += 2) {
            everySecond(x, xAt + places[p]).intoArray(y, yAt + places[p + 1]);
        }
    }

    private static FloatVector everySecond(float[] x, int at) {
        FloatVector lower = FloatVector.fromArray(SPECIES, x, at).rearrange(EVEN);
        FloatVector upper = FloatVector.fromArray(SPECIES, x, at + LANES).rearrange(EVEN);
        return lower.blend(upper, UPPER);
    }
}
