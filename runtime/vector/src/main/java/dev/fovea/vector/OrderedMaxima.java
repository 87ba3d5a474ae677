package dev.fovea.vector;

import dev.fovea.runtime.simd.FloatOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Windows of three by three without places, by integers in the order of floats: first down the columns, then along the rows. */
final class OrderedMaxima {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /* As those of Quarters and Squares. Of integers, since some of ours are NaNs as floats, which Java may replace by others before it is compiled. */
    private static final VectorMask<Integer> SECOND =
            VectorMask.fromLong(INTS, 0xAAAA_AAAA_AAAA_AAAAL & (-1L >>> (Long.SIZE - LANES)));
    private static final VectorShuffle<Integer> IN_ORDER = VectorShuffle.fromOp(INTS, Squares.IN_ORDER::laneSource);
    private static final int SIGN = Integer.SIZE - 1;

    private OrderedMaxima() {}

    /**
     * The largest of three rows each; the last registers of a row end with it. Two registers at a time: the method is then so long that it is compiled by
     * itself. C2 of JDK 17 inlined a shorter one into a method that came to its limit of failed assumptions by that (decision 33), and vectors went to the heap.
     */
    static void down(
            float[] x, int xAt, int second, int third, int xStep, float[] y, int yAt, int yStep, int rows, int length) {
        int last = Math.max(0, length - LANES);
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < length; i += 2 * LANES) {
                int j = Math.min(i, last);
                int at = xAt + row * xStep + j;
                IntVector a = FloatVector.fromArray(SPECIES, x, at).reinterpretAsInts();
                IntVector b = FloatVector.fromArray(SPECIES, x, at + second).reinterpretAsInts();
                IntVector c = FloatVector.fromArray(SPECIES, x, at + third).reinterpretAsInts();
                a = a.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, a);
                b = b.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, b);
                c = c.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, c);
                a.sub(nans)
                        .max(b.sub(nans))
                        .max(c.sub(nans))
                        .reinterpretAsFloats()
                        .intoArray(y, yAt + row * yStep + j);

                int next = Math.min(i + LANES, last);
                at = xAt + row * xStep + next;
                IntVector d = FloatVector.fromArray(SPECIES, x, at).reinterpretAsInts();
                IntVector e = FloatVector.fromArray(SPECIES, x, at + second).reinterpretAsInts();
                IntVector f = FloatVector.fromArray(SPECIES, x, at + third).reinterpretAsInts();
                d = d.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, d);
                e = e.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, e);
                f = f.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, f);
                d.sub(nans)
                        .max(e.sub(nans))
                        .max(f.sub(nans))
                        .reinterpretAsFloats()
                        .intoArray(y, yAt + row * yStep + next);
            }
        }
    }

    /** The largest of three neighbours each; the last register ends with the range. */
    static void across(float[] x, int xAt, float[] limits, int period, int behind, float[] y, int yAt, int length) {
        int last = Math.max(0, length - LANES);
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        int limit = 0;
        for (int i = 0; i < length; i += LANES) {
            int j = i;
            if (i > last) {
                j = last;
                limit = last % period;
            }
            int at = xAt + j;
            IntVector left = FloatVector.fromArray(SPECIES, x, at - 1)
                    .reinterpretAsInts()
                    .min(FloatVector.fromArray(SPECIES, limits, limit).reinterpretAsInts());
            IntVector right = FloatVector.fromArray(SPECIES, x, at + 1)
                    .reinterpretAsInts()
                    .min(FloatVector.fromArray(SPECIES, limits, behind + limit).reinterpretAsInts());
            IntVector bits = FloatVector.fromArray(SPECIES, x, at)
                    .reinterpretAsInts()
                    .max(left)
                    .max(right)
                    .add(nans);
            bits.lanewise(VectorOperators.ASHR, SIGN)
                    .and(magnitude)
                    .lanewise(VectorOperators.XOR, bits)
                    .reinterpretAsFloats()
                    .intoArray(y, yAt + j);
            limit += LANES;
            limit -= limit < period ? 0 : period;
        }
    }

    /** The same two apart: of two registers' worth every second lane is taken, of the pairs of lanes as {@code Squares} has them. */
    static void acrossSecond(
            float[] x, int xAt, float[] limits, int period, int behind, float[] y, int yAt, int length) {
        int last = Math.max(0, length - LANES);
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        int limit = 0;
        for (int i = 0; i < length; i += LANES) {
            int j = i;
            if (i > last) {
                j = last;
                limit = 2 * last % period;
            }
            int at = xAt + 2 * j;
            IntVector first = FloatVector.fromArray(SPECIES, x, at - 1)
                    .reinterpretAsInts()
                    .min(FloatVector.fromArray(SPECIES, limits, limit).reinterpretAsInts())
                    .max(FloatVector.fromArray(SPECIES, x, at + 1)
                            .reinterpretAsInts()
                            .min(FloatVector.fromArray(SPECIES, limits, behind + limit)
                                    .reinterpretAsInts()))
                    .max(FloatVector.fromArray(SPECIES, x, at).reinterpretAsInts());
            IntVector next = FloatVector.fromArray(SPECIES, x, at + LANES - 1)
                    .reinterpretAsInts()
                    .min(FloatVector.fromArray(SPECIES, limits, limit + LANES).reinterpretAsInts())
                    .max(FloatVector.fromArray(SPECIES, x, at + LANES + 1)
                            .reinterpretAsInts()
                            .min(FloatVector.fromArray(SPECIES, limits, behind + limit + LANES)
                                    .reinterpretAsInts()))
                    .max(FloatVector.fromArray(SPECIES, x, at + LANES).reinterpretAsInts());
            IntVector up = next.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, Float.SIZE)
                    .reinterpretAsInts();
            IntVector bits = first.blend(up, SECOND).rearrange(IN_ORDER).add(nans);
            bits.lanewise(VectorOperators.ASHR, SIGN)
                    .and(magnitude)
                    .lanewise(VectorOperators.XOR, bits)
                    .reinterpretAsFloats()
                    .intoArray(y, yAt + j);
            limit += 2 * LANES;
            limit -= limit < period ? 0 : period;
        }
    }
}
