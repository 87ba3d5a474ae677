package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The largest of windows of three by three with step 2, each with its place: of three neighbours in every row, once, then of three rows, so that of equal
 * elements the first in reading order wins. What is found in a row lies in the order of {@link Squares#IN_ORDER} until it is stored.
 */
final class Nines {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final VectorMask<Float> SECOND = Quarters.SECOND;
    private static final int SIZE = 3;
    /** How far behind its first element the window in each lane begins, as bits of an int. */
    private static final float[] BEGINS = begins();

    private Nines() {}

    private static float[] begins() {
        float[] begins = new float[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            begins[Squares.IN_ORDER.laneSource(lane)] = Float.intBitsToFloat(2 * lane);
        }
        return begins;
    }

    /** Floats of workspace for rows of so many windows. */
    static int rooms(int length) {
        return 2 * SIZE * room(length);
    }

    private static int room(int length) {
        return (length + LANES - 1) / LANES * LANES;
    }

    /** Elements behind a row's first window that are read in its last row. */
    static int reads(int length) {
        return 2 * Math.max(length, LANES) + 2;
    }

    /** As {@link Squares#winners}; at least a register of windows in a row, the next row of windows being two rows of {@code width} further down. */
    static void winners(
            float[] x,
            int planeAt,
            int origin,
            int width,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int step,
            int rows,
            int length,
            float[] rooms) {
        int room = room(length);
        int places = SIZE * room;
        int ready = 0;
        for (int row = 0; row < rows; row++) {
            for (; ready < 2 * row + SIZE; ready++) {
                int first = origin + ready * width;
                neighbours(x, planeAt + first, first, rooms, ready % SIZE * room, places, length);
            }
            int upper = 2 * row % SIZE * room;
            int middle = (2 * row + 1) % SIZE * room;
            int lower = (2 * row + 2) % SIZE * room;
            int to = row * step;
            rows(rooms, upper, middle, lower, places, y, yAt + to, winners, winnersAt + to, length);
        }
    }

    /** Of three neighbours in a row; the last register begins such that it ends with the row. */
    private static void neighbours(float[] x, int xAt, int first, float[] rooms, int to, int places, int length) {
        int last = length - LANES;
        for (int i = 0; i < length; i += LANES) {
            int j = 2 * Math.min(i, last);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + j);
            FloatVector b = FloatVector.fromArray(SPECIES, x, xAt + j + LANES);
            FloatVector largest = a.blend(Quarters.up(b), SECOND);
            FloatVector other = Quarters.down(a).blend(b, SECOND);
            VectorMask<Float> wins =
                    other.compare(VectorOperators.GT, largest).or(other.compare(VectorOperators.NE, other));
            largest = largest.blend(other, wins);
            FloatVector place = FloatVector.zero(SPECIES).blend(Float.intBitsToFloat(1), wins);
            a = FloatVector.fromArray(SPECIES, x, xAt + j + 2);
            b = FloatVector.fromArray(SPECIES, x, xAt + j + 2 + LANES);
            other = a.blend(Quarters.up(b), SECOND);
            wins = other.compare(VectorOperators.GT, largest).or(other.compare(VectorOperators.NE, other));
            largest.blend(other, wins).intoArray(rooms, to + i);
            place.blend(Float.intBitsToFloat(2), wins)
                    .reinterpretAsInts()
                    .add(FloatVector.fromArray(SPECIES, BEGINS, 0).reinterpretAsInts())
                    .add(first + j)
                    .reinterpretAsFloats()
                    .intoArray(rooms, places + to + i);
        }
    }

    private static void rows(
            float[] rooms,
            int upper,
            int middle,
            int lower,
            int places,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int length) {
        int last = length - LANES;
        for (int i = 0; i < length; i += LANES) {
            int j = Math.min(i, last);
            FloatVector largest = FloatVector.fromArray(SPECIES, rooms, upper + i);
            FloatVector other = FloatVector.fromArray(SPECIES, rooms, middle + i);
            VectorMask<Float> wins =
                    other.compare(VectorOperators.GT, largest).or(other.compare(VectorOperators.NE, other));
            largest = largest.blend(other, wins);
            FloatVector place = FloatVector.fromArray(SPECIES, rooms, places + upper + i)
                    .blend(FloatVector.fromArray(SPECIES, rooms, places + middle + i), wins);
            other = FloatVector.fromArray(SPECIES, rooms, lower + i);
            wins = other.compare(VectorOperators.GT, largest).or(other.compare(VectorOperators.NE, other));
            largest.blend(other, wins).rearrange(Squares.IN_ORDER).intoArray(y, yAt + j);
            place.blend(FloatVector.fromArray(SPECIES, rooms, places + lower + i), wins)
                    .rearrange(Squares.IN_ORDER)
                    .intoArray(winners, winnersAt + j);
        }
    }
}
