package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of {@link Squares}: of half a register of windows each goes twice into a register, as its place does, and the elements of the two rows of the plane
 * ask whether they are meant. So every element is written without one being read.
 */
final class SpreadSquares {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** The numbers of lanes, in an array: worked out in a method they may become an object at each call. */
    private static final int[] INDEX = IntVector.zero(INTS).addIndex(1).toIntArray();

    private static final VectorShuffle<Float> TWICE = VectorShuffle.fromOp(SPECIES, lane -> lane / 2);
    private static final VectorShuffle<Float> UPPER = VectorShuffle.fromOp(SPECIES, lane -> (LANES + lane) / 2);
    /** From the lowest bit of an int to its sign. */
    private static final int SIGN = Integer.SIZE - 1;

    private SpreadSquares() {}

    /**
     * How many rows of windows can be done: whole registers are read, and where rows of the plane are shorter each is written beyond its end.
     *
     * @param windows that can be read from the first on
     */
    static int most(int windows, int width, int rows) {
        int last = Math.max(0, width - LANES);
        int readable = (windows - last / 2 - LANES) / (width / 2) + 1;
        int kept = (LANES + width - 1) / width; // rows of the plane that the last register takes
        int writable = width >= LANES ? rows : rows - kept / 2;
        return windows < last / 2 + LANES ? 0 : Math.max(0, Math.min(readable, writable));
    }

    /**
     * Rows of windows of whole planes, one behind the other: a loop of its own for each number of registers, since a loop over one or two costs more than they do.
     *
     * @param width of a plane
     * @param area of a plane, at the end of which places begin anew
     * @param rows at most {@link #most}
     */
    static void rows(
            float[] dy, int dyAt, float[] winners, int winnersAt, float[] dx, int dxAt, int width, int area, int rows) {
        if (width <= LANES) {
            narrow(dy, dyAt, winners, winnersAt, dx, dxAt, width, area, rows);
        } else if (width < 2 * LANES) {
            middle(dy, dyAt, winners, winnersAt, dx, dxAt, width, area, rows);
        } else {
            wide(dy, dyAt, winners, winnersAt, dx, dxAt, width, area, rows);
        }
    }

    /** A register for each row. A place that is 0 from an element's, and only that, is negative with 1 less: no mask, which is a detour. */
    private static void narrow(
            float[] dy, int dyAt, float[] winners, int winnersAt, float[] dx, int dxAt, int width, int area, int rows) {
        FloatVector zero = FloatVector.zero(SPECIES); // with it no -0.0, as in a sum
        IntVector index = IntVector.fromArray(INTS, INDEX, 0);
        int first = 0;
        for (int row = 0; row < rows; row++) {
            int from = row * width / 2;
            int at = dxAt + row * 2 * width;
            IntVector gradient = FloatVector.fromArray(SPECIES, dy, dyAt + from)
                    .add(zero)
                    .rearrange(TWICE)
                    .reinterpretAsInts();
            IntVector winner = FloatVector.fromArray(SPECIES, winners, winnersAt + from)
                    .rearrange(TWICE)
                    .reinterpretAsInts();
            IntVector place = index.add(first);
            gradient.and(winner.lanewise(VectorOperators.XOR, place).sub(1).lanewise(VectorOperators.ASHR, SIGN))
                    .reinterpretAsFloats()
                    .intoArray(dx, at);
            gradient.and(winner.lanewise(VectorOperators.XOR, place.add(width))
                            .sub(1)
                            .lanewise(VectorOperators.ASHR, SIGN))
                    .reinterpretAsFloats()
                    .intoArray(dx, at + width);
            first += 2 * width;
            if (first == area) {
                first = 0;
            }
        }
    }

    /** Two registers for each row, of which the second begins within the first. */
    private static void middle(
            float[] dy, int dyAt, float[] winners, int winnersAt, float[] dx, int dxAt, int width, int area, int rows) {
        FloatVector zero = FloatVector.zero(SPECIES); // with it no -0.0, as in a sum
        IntVector index = IntVector.fromArray(INTS, INDEX, 0);
        int last = width - LANES;
        int first = 0;
        for (int row = 0; row < rows; row++) {
            int from = row * width / 2;
            int at = dxAt + row * 2 * width;
            IntVector left = FloatVector.fromArray(SPECIES, dy, dyAt + from)
                    .add(zero)
                    .rearrange(TWICE)
                    .reinterpretAsInts();
            IntVector leftWinner = FloatVector.fromArray(SPECIES, winners, winnersAt + from)
                    .rearrange(TWICE)
                    .reinterpretAsInts();
            IntVector right = FloatVector.fromArray(SPECIES, dy, dyAt + from + last / 2)
                    .add(zero)
                    .rearrange(TWICE)
                    .reinterpretAsInts();
            IntVector rightWinner = FloatVector.fromArray(SPECIES, winners, winnersAt + from + last / 2)
                    .rearrange(TWICE)
                    .reinterpretAsInts();
            IntVector place = index.add(first);
            left.and(leftWinner.lanewise(VectorOperators.XOR, place).sub(1).lanewise(VectorOperators.ASHR, SIGN))
                    .reinterpretAsFloats()
                    .intoArray(dx, at);
            right.and(rightWinner
                            .lanewise(VectorOperators.XOR, place.add(last))
                            .sub(1)
                            .lanewise(VectorOperators.ASHR, SIGN))
                    .reinterpretAsFloats()
                    .intoArray(dx, at + last);
            place = place.add(width);
            left.and(leftWinner.lanewise(VectorOperators.XOR, place).sub(1).lanewise(VectorOperators.ASHR, SIGN))
                    .reinterpretAsFloats()
                    .intoArray(dx, at + width);
            right.and(rightWinner
                            .lanewise(VectorOperators.XOR, place.add(last))
                            .sub(1)
                            .lanewise(VectorOperators.ASHR, SIGN))
                    .reinterpretAsFloats()
                    .intoArray(dx, at + width + last);
            first += 2 * width;
            if (first == area) {
                first = 0;
            }
        }
    }

    /** At least two registers. */
    private static void wide(
            float[] dy, int dyAt, float[] winners, int winnersAt, float[] dx, int dxAt, int width, int area, int rows) {
        FloatVector zero = FloatVector.zero(SPECIES); // with it no -0.0, as in a sum
        IntVector index = IntVector.fromArray(INTS, INDEX, 0);
        int first = 0;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i += 2 * LANES) {
                int j = Math.min(i, width - 2 * LANES);
                int from = (row * width + j) / 2;
                int at = dxAt + row * 2 * width + j;
                FloatVector gradient =
                        FloatVector.fromArray(SPECIES, dy, dyAt + from).add(zero);
                FloatVector winner = FloatVector.fromArray(SPECIES, winners, winnersAt + from);
                IntVector left = gradient.rearrange(TWICE).reinterpretAsInts();
                IntVector leftWinner = winner.rearrange(TWICE).reinterpretAsInts();
                IntVector right = gradient.rearrange(UPPER).reinterpretAsInts();
                IntVector rightWinner = winner.rearrange(UPPER).reinterpretAsInts();
                IntVector place = index.add(first + j);
                left.and(leftWinner.lanewise(VectorOperators.XOR, place).sub(1).lanewise(VectorOperators.ASHR, SIGN))
                        .reinterpretAsFloats()
                        .intoArray(dx, at);
                right.and(rightWinner
                                .lanewise(VectorOperators.XOR, place.add(LANES))
                                .sub(1)
                                .lanewise(VectorOperators.ASHR, SIGN))
                        .reinterpretAsFloats()
                        .intoArray(dx, at + LANES);
                place = place.add(width);
                left.and(leftWinner.lanewise(VectorOperators.XOR, place).sub(1).lanewise(VectorOperators.ASHR, SIGN))
                        .reinterpretAsFloats()
                        .intoArray(dx, at + width);
                right.and(rightWinner
                                .lanewise(VectorOperators.XOR, place.add(LANES))
                                .sub(1)
                                .lanewise(VectorOperators.ASHR, SIGN))
                        .reinterpretAsFloats()
                        .intoArray(dx, at + width + LANES);
            }
            first += 2 * width;
            if (first == area) {
                first = 0;
            }
        }
    }
}
