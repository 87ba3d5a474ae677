package dev.fovea.vector;

import dev.fovea.runtime.simd.SimdWindows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Squares} with their places behind a rectifier: floats that are not negative are ordered as their bits are, so that the largest of four is found by integers, an
 * instruction each, and each of the four offers its place or, where it is less, a number beyond all places; the least is taken, which is the first in reading order. No masks,
 * which are a detour on JDK 17: some 24 instructions for half a register of windows, where {@link Squares} has twice as many.
 */
final class RectifiedSquares {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Twice the numbers of lanes, and whether they are odd, in arrays: worked out in a method they may become objects at each call. */
    private static final int[] EVENS = IntVector.zero(INTS).addIndex(2).toIntArray();

    private static final int[] SECOND = IntVector.zero(INTS).addIndex(1).and(1).toIntArray();
    private static final VectorShuffle<Integer> PAIRS = VectorShuffle.fromOp(INTS, lane -> lane ^ 1);
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % LANES);
    /** A bit and its sign. */
    private static final int SIGN = Integer.SIZE - 1;

    private static final int MARK_BIT = Integer.numberOfTrailingZeros(SimdWindows.MARK);

    private RectifiedSquares() {}

    /**
     * Of so many rows of windows that a register can be read from the beginning of each row and whole registers be written behind what is found: half of each is of no use and
     * written over by what follows.
     *
     * @param width of a plane
     * @param area of a plane, at the end of which places begin anew
     */
    static void winners(
            float[] x, int xAt, int width, int area, float[] y, int yAt, float[] winners, int winnersAt, int rows) {
        IntVector one = IntVector.fromArray(INTS, SECOND, 0); // of a row the first and the second of each pair
        IntVector across = one.add(width);
        IntVector index = IntVector.fromArray(INTS, EVENS, 0);
        int last = Math.max(0, width - LANES);
        int place = 0;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i += LANES) {
                int j = Math.min(i, last);
                int at = xAt + row * 2 * width + j;
                IntVector upper = FloatVector.fromArray(SPECIES, x, at).abs().reinterpretAsInts();
                IntVector lower =
                        FloatVector.fromArray(SPECIES, x, at + width).abs().reinterpretAsInts();
                IntVector most = upper.max(lower);
                most = most.max(most.rearrange(PAIRS));
                IntVector first =
                        upper.sub(most).lanewise(VectorOperators.LSHR, 1).or(one);
                first = first.min(
                        lower.sub(most).lanewise(VectorOperators.LSHR, 1).or(across));
                first = first.min(first.rearrange(PAIRS));
                IntVector mark =
                        most.sub(1).lanewise(VectorOperators.LSHR, SIGN).lanewise(VectorOperators.LSHL, MARK_BIT);
                int to = row * width / 2 + j / 2;
                most.reinterpretAsFloats().rearrange(EVEN).intoArray(y, yAt + to);
                first.or(mark)
                        .reinterpretAsFloats()
                        .rearrange(EVEN)
                        .reinterpretAsInts()
                        .add(index)
                        .add(place + j)
                        .reinterpretAsFloats()
                        .intoArray(winners, winnersAt + to);
            }
            place += 2 * width;
            if (place == area) {
                place = 0;
            }
        }
    }
}
