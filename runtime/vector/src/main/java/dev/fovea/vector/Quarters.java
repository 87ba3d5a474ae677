package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Parts a run of floats by their place in groups of four, and joins them again: in four registers the blocks of 4×4 are transposed, each by
 * two swaps of neighbours, after which each register has what belongs together, in an order that one more shuffle puts right.
 */
final class Quarters {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int BLOCK = 4;
    private static final int BLOCKS = LANES / BLOCK;

    static final VectorShuffle<Float> NEIGHBOURS = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 2);
    static final VectorMask<Float> SECOND =
            VectorMask.fromLong(SPECIES, 0xAAAA_AAAA_AAAA_AAAAL & (-1L >>> (Long.SIZE - LANES)));
    static final VectorMask<Float> SECONDS =
            VectorMask.fromLong(SPECIES, 0xCCCC_CCCC_CCCC_CCCCL & (-1L >>> (Long.SIZE - LANES)));

    /** Transposing leaves group {@code v·BLOCKS + q} in lane {@code 4·q + v}. */
    static final VectorShuffle<Float> IN_ORDER =
            VectorShuffle.fromOp(SPECIES, lane -> lane % BLOCKS * BLOCK + lane / BLOCKS);

    static final VectorShuffle<Float> TRANSPOSED =
            VectorShuffle.fromOp(SPECIES, lane -> lane % BLOCK * BLOCKS + lane / BLOCK);

    private Quarters() {}

    /** Each even lane's element one lane further up: a shift, which needs no table as a shuffle does. */
    static FloatVector up(FloatVector x) {
        return x.reinterpretAsLongs().lanewise(VectorOperators.LSHL, Float.SIZE).reinterpretAsFloats();
    }

    static FloatVector down(FloatVector x) {
        return x.reinterpretAsLongs().lanewise(VectorOperators.LSHR, Float.SIZE).reinterpretAsFloats();
    }

    /** Element {@code 4·p + j} goes to {@code j·stride + p}, for some p, a multiple of a register's lanes. */
    static void part(float[] x, int xAt, float[] y, int yAt, int stride, int count) {
        for (int p = 0; p < count; p += LANES) {
            int from = xAt + BLOCK * p;
            FloatVector a = FloatVector.fromArray(SPECIES, x, from);
            FloatVector b = FloatVector.fromArray(SPECIES, x, from + LANES);
            FloatVector c = FloatVector.fromArray(SPECIES, x, from + 2 * LANES);
            FloatVector d = FloatVector.fromArray(SPECIES, x, from + 3 * LANES);
            FloatVector ab = a.blend(up(b), SECOND);
            FloatVector ba = down(a).blend(b, SECOND);
            FloatVector cd = c.blend(up(d), SECOND);
            FloatVector dc = down(c).blend(d, SECOND);
            int to = yAt + p;
            ab.blend(cd.rearrange(NEIGHBOURS), SECONDS).rearrange(IN_ORDER).intoArray(y, to);
            ba.blend(dc.rearrange(NEIGHBOURS), SECONDS).rearrange(IN_ORDER).intoArray(y, to + stride);
            ab.rearrange(NEIGHBOURS).blend(cd, SECONDS).rearrange(IN_ORDER).intoArray(y, to + 2 * stride);
            ba.rearrange(NEIGHBOURS).blend(dc, SECONDS).rearrange(IN_ORDER).intoArray(y, to + 3 * stride);
        }
    }
}
