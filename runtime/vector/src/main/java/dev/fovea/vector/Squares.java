package dev.fovea.vector;

import dev.fovea.runtime.simd.SimdWindows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Windows of two by two with step 2, rows of them in one call. Elements of even and of odd columns come apart by a shift within pairs, which needs no table
 * as a shuffle does: the left half of a register then has every second window of the first eight pairs between those of the other eight, and one shuffle of
 * what is found puts them in order.
 *
 * <p>Each row takes whole registers. Where it is longer than one the last is done again in part; a shorter one writes beyond its end.
 */
final class Squares {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int HALF = Math.max(1, LANES / 2);
    private static final VectorMask<Float> SECOND = Quarters.SECOND;
    /** Lane 2·i has window i, and lane 2·i + 1 window i + {@link #HALF}. */
    static final VectorShuffle<Float> IN_ORDER = VectorShuffle.fromOp(SPECIES, lane -> lane % HALF * 2 + lane / HALF);

    private Squares() {}

    /** The largest; {@code below} is from the first row of a window to the second, {@code xStep} from one row of windows to the next. */
    static void max(float[] x, int xAt, int xStep, int below, float[] y, int yAt, int rows, int length) {
        int last = Math.max(0, length - LANES);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i += LANES) {
                int j = Math.min(i, last);
                int at = xAt + row * xStep + 2 * j;
                FloatVector left =
                        FloatVector.fromArray(SPECIES, x, at).max(FloatVector.fromArray(SPECIES, x, at + below));
                FloatVector right = FloatVector.fromArray(SPECIES, x, at + LANES)
                        .max(FloatVector.fromArray(SPECIES, x, at + below + LANES));
                left.blend(Quarters.up(right), SECOND)
                        .max(Quarters.down(left).blend(right, SECOND))
                        .rearrange(IN_ORDER)
                        .intoArray(y, yAt + row * length + j);
            }
        }
    }

    /** The sum times {@code factor}; otherwise as {@link #max}. */
    static void mean(float factor, float[] x, int xAt, int xStep, int below, float[] y, int yAt, int rows, int length) {
        int last = Math.max(0, length - LANES);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i += LANES) {
                int j = Math.min(i, last);
                int at = xAt + row * xStep + 2 * j;
                FloatVector left =
                        FloatVector.fromArray(SPECIES, x, at).add(FloatVector.fromArray(SPECIES, x, at + below));
                FloatVector right = FloatVector.fromArray(SPECIES, x, at + LANES)
                        .add(FloatVector.fromArray(SPECIES, x, at + below + LANES));
                left.blend(Quarters.up(right), SECOND)
                        .add(Quarters.down(left).blend(right, SECOND))
                        .mul(factor)
                        .rearrange(IN_ORDER)
                        .intoArray(y, yAt + row * length + j);
            }
        }
    }

    /**
     * The largest and its place: of each row of a window first, then of the two, so that of equal elements the first in reading order wins.
     *
     * @param origin the first element of the first window, counted from {@code planeAt}
     * @param step from one row of outputs, and of winners, to the next
     */
    static void winners(
            float[] x,
            int planeAt,
            int origin,
            int xStep,
            int below,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int step,
            int rows,
            int length) {
        int last = Math.max(0, length - LANES);
        float beside = Float.intBitsToFloat(1);
        float under = Float.intBitsToFloat(below);
        float across = Float.intBitsToFloat(below + 1);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i += LANES) {
                int j = Math.min(i, last);
                int first = origin + row * xStep + 2 * j;
                int at = planeAt + first;
                FloatVector a = FloatVector.fromArray(SPECIES, x, at);
                FloatVector b = FloatVector.fromArray(SPECIES, x, at + LANES);
                FloatVector upper = a.blend(Quarters.up(b), SECOND);
                FloatVector other = Quarters.down(a).blend(b, SECOND);
                VectorMask<Float> wins =
                        other.compare(VectorOperators.GT, upper).or(other.compare(VectorOperators.NE, other));
                upper = upper.blend(other, wins);
                FloatVector place = FloatVector.zero(SPECIES).blend(beside, wins);
                FloatVector c = FloatVector.fromArray(SPECIES, x, at + below);
                FloatVector d = FloatVector.fromArray(SPECIES, x, at + below + LANES);
                FloatVector lower = c.blend(Quarters.up(d), SECOND);
                other = Quarters.down(c).blend(d, SECOND);
                wins = other.compare(VectorOperators.GT, lower).or(other.compare(VectorOperators.NE, other));
                lower = lower.blend(other, wins);
                FloatVector lowerPlace = FloatVector.broadcast(SPECIES, under).blend(across, wins);
                wins = lower.compare(VectorOperators.GT, upper).or(lower.compare(VectorOperators.NE, lower));
                int to = row * step + j;
                upper.blend(lower, wins).rearrange(IN_ORDER).intoArray(y, yAt + to);
                place.blend(lowerPlace, wins)
                        .rearrange(IN_ORDER)
                        .reinterpretAsInts()
                        .add(IntVector.zero(INTS).addIndex(2))
                        .add(first)
                        .reinterpretAsFloats()
                        .intoArray(winners, winnersAt + to);
            }
        }
    }

    /** Adds the mark to the places of maxima that are not positive; whole registers. */
    static void mark(float[] y, int yAt, float[] winners, int winnersAt, int length) {
        for (int i = 0; i < length; i += LANES) {
            VectorMask<Float> off =
                    FloatVector.fromArray(SPECIES, y, yAt + i).compare(VectorOperators.LE, FloatVector.zero(SPECIES));
            IntVector places =
                    FloatVector.fromArray(SPECIES, winners, winnersAt + i).reinterpretAsInts();
            places.blend(places.or(SimdWindows.MARK), off.cast(INTS))
                    .reinterpretAsFloats()
                    .intoArray(winners, winnersAt + i);
        }
    }

    /**
     * {@link #winners} to the bit in a plain loop, which is quick long before it is compiled: until then every operation on a register is a call with a
     * register made anew, and a shift within pairs goes through bytes.
     */
    static void winnersPlainly(
            float[] x,
            int planeAt,
            int origin,
            int xStep,
            int below,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int step,
            int rows,
            int length) {
        for (int row = 0; row < rows; row++) {
            int first = origin + row * xStep;
            int to = row * step;
            for (int j = 0; j < length; j++, first += 2, to++) {
                int upper = larger(x, planeAt, first, first + 1);
                int lower = larger(x, planeAt, first + below, first + below + 1);
                int winner = larger(x, planeAt, upper, lower);
                y[yAt + to] = x[planeAt + winner];
                winners[winnersAt + to] = Float.intBitsToFloat(winner);
            }
        }
    }

    /** The second where it is larger, or a NaN. */
    private static int larger(float[] x, int planeAt, int one, int other) {
        float a = x[planeAt + one];
        float b = x[planeAt + other];
        return b > a || Float.isNaN(b) ? other : one;
    }
}
