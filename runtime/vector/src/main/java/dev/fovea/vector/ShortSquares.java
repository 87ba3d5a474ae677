package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Squares} with their places where a row of windows is no longer than a register: pairs of neighbours first, for which the rows of all planes
 * are one range without gaps, then of two rows of pairs each. Which of a pair it was is kept as the bits of an int, 0 or 1.
 */
final class ShortSquares {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Pairs that are done at a time. */
    static final int PAIRS = 256;
    /** Where in the workspace it is kept which of each pair it was, and where there is room for a row of windows and their places. */
    static final int PLACES = PAIRS + LANES;

    static final int ROW = 2 * PLACES;
    /** Floats of workspace. */
    static final int ROOMS = ROW + 2 * LANES;

    private ShortSquares() {}

    /** The largest of pairs, to the beginning of the workspace: the second where it is larger, or a NaN. At least a register of them. */
    static void across(float[] x, int xAt, float[] rooms, int pairs) {
        float second = Float.intBitsToFloat(1);
        for (int i = 0; i < pairs; i += LANES) {
            int j = Math.min(i, pairs - LANES);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + 2 * j);
            FloatVector b = FloatVector.fromArray(SPECIES, x, xAt + 2 * j + LANES);
            FloatVector left = a.blend(Quarters.up(b), Quarters.SECOND);
            FloatVector right = Quarters.down(a).blend(b, Quarters.SECOND);
            VectorMask<Float> wins =
                    right.compare(VectorOperators.GT, left).or(right.compare(VectorOperators.NE, right));
            left.blend(right, wins).rearrange(Squares.IN_ORDER).intoArray(rooms, j);
            FloatVector.zero(SPECIES)
                    .blend(second, wins)
                    .rearrange(Squares.IN_ORDER)
                    .intoArray(rooms, PLACES + j);
        }
    }

    /**
     * The larger of the pairs of two rows, the lower where it is larger or a NaN. Each row takes whole registers and writes beyond its end.
     *
     * @param row the first, of those whose pairs are in the workspace
     * @param first where its first window is in its plane
     * @param width of a plane
     * @param area of a plane, at the end of which places begin anew
     */
    static void down(
            float[] rooms,
            int row,
            int first,
            int width,
            int area,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int rows) {
        int length = width / 2;
        int place = first;
        for (int i = 0; i < rows; i++) {
            int at = (row + i) * width;
            FloatVector upper = FloatVector.fromArray(SPECIES, rooms, at);
            FloatVector lower = FloatVector.fromArray(SPECIES, rooms, at + length);
            VectorMask<Float> wins =
                    lower.compare(VectorOperators.GT, upper).or(lower.compare(VectorOperators.NE, lower));
            upper.blend(lower, wins).intoArray(y, yAt + i * length);
            IntVector above = FloatVector.fromArray(SPECIES, rooms, PLACES + at).reinterpretAsInts();
            IntVector below = FloatVector.fromArray(SPECIES, rooms, PLACES + at + length)
                    .reinterpretAsInts()
                    .add(width);
            above.blend(below, wins.cast(INTS))
                    .add(IntVector.zero(INTS).addIndex(2))
                    .add(place)
                    .reinterpretAsFloats()
                    .intoArray(winners, winnersAt + i * length);
            place += 2 * width;
            if (place == area) {
                place = 0;
            }
        }
    }
}
