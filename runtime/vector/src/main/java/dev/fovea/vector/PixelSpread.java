package dev.fovea.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Gradients of windows handed to the pixels that were the largest: by masks of integers, which are quicker than those of vectors. */
final class PixelSpread {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int SIGN = Integer.SIZE - 1;

    private PixelSpread() {}

    /** To one pixel of each window, that of the number {@code place}. */
    static void add(
            float[] dy,
            int dyAt,
            float[] winners,
            int winnersAt,
            int place,
            int xStep,
            float[] dx,
            int dxAt,
            int pixels) {
        IntVector number = IntVector.broadcast(INTS, place);
        IntVector one = IntVector.broadcast(INTS, 1);
        for (int i = 0; i < pixels; i++) {
            // 0 less 1 is negative, and no other number is
            IntVector mask = FloatVector.fromArray(SPECIES, winners, winnersAt + i * LANES)
                    .reinterpretAsInts()
                    .lanewise(VectorOperators.XOR, number)
                    .sub(one)
                    .lanewise(VectorOperators.ASHR, SIGN);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyAt + i * LANES)
                    .reinterpretAsInts()
                    .and(mask)
                    .reinterpretAsFloats();
            int to = dxAt + i * xStep;
            FloatVector.fromArray(SPECIES, dx, to).add(gradient).intoArray(dx, to);
        }
    }

    /**
     * As {@link dev.fovea.runtime.simd.PixelSimd#spreadRow}, of windows side by side, two pixels each.
     *
     * @param kept the bits that are kept of what is there, all or none: without a branch, and the processor reads what it writes in any case
     */
    static void pairs(
            float[] dy,
            int dyAt,
            float[] winners,
            int winnersAt,
            int place,
            int kept,
            float[] dx,
            int dxAt,
            int pixels) {
        IntVector one = IntVector.broadcast(INTS, 1);
        IntVector keep = IntVector.broadcast(INTS, kept);
        IntVector first = IntVector.broadcast(INTS, place);
        IntVector second = IntVector.broadcast(INTS, place + 1);
        for (int i = 0; i < pixels; i++) {
            IntVector where = FloatVector.fromArray(SPECIES, winners, winnersAt + i * LANES)
                    .reinterpretAsInts();
            IntVector gradient =
                    FloatVector.fromArray(SPECIES, dy, dyAt + i * LANES).reinterpretAsInts();
            FloatVector a = where.lanewise(VectorOperators.XOR, first)
                    .sub(one)
                    .lanewise(VectorOperators.ASHR, SIGN)
                    .and(gradient)
                    .reinterpretAsFloats();
            FloatVector b = where.lanewise(VectorOperators.XOR, second)
                    .sub(one)
                    .lanewise(VectorOperators.ASHR, SIGN)
                    .and(gradient)
                    .reinterpretAsFloats();
            int to = dxAt + i * 2 * LANES;
            FloatVector.fromArray(SPECIES, dx, to)
                    .reinterpretAsInts()
                    .and(keep)
                    .reinterpretAsFloats()
                    .add(a)
                    .intoArray(dx, to);
            FloatVector.fromArray(SPECIES, dx, to + LANES)
                    .reinterpretAsInts()
                    .and(keep)
                    .reinterpretAsFloats()
                    .add(b)
                    .intoArray(dx, to + LANES);
        }
    }

    /** The same of three pixels each, with one in common: what the one before gives that is carried on. */
    static void threeByTwo(
            float[] dy,
            int dyAt,
            float[] winners,
            int winnersAt,
            int place,
            int kept,
            float[] dx,
            int dxAt,
            int pixels) {
        IntVector one = IntVector.broadcast(INTS, 1);
        IntVector keep = IntVector.broadcast(INTS, kept);
        IntVector first = IntVector.broadcast(INTS, place);
        IntVector second = IntVector.broadcast(INTS, place + 1);
        IntVector third = IntVector.broadcast(INTS, place + 2);
        FloatVector carried = FloatVector.zero(SPECIES);
        for (int i = 0; i < pixels; i++) {
            IntVector where = FloatVector.fromArray(SPECIES, winners, winnersAt + i * LANES)
                    .reinterpretAsInts();
            IntVector gradient =
                    FloatVector.fromArray(SPECIES, dy, dyAt + i * LANES).reinterpretAsInts();
            FloatVector a = where.lanewise(VectorOperators.XOR, first)
                    .sub(one)
                    .lanewise(VectorOperators.ASHR, SIGN)
                    .and(gradient)
                    .reinterpretAsFloats();
            FloatVector b = where.lanewise(VectorOperators.XOR, second)
                    .sub(one)
                    .lanewise(VectorOperators.ASHR, SIGN)
                    .and(gradient)
                    .reinterpretAsFloats();
            FloatVector c = where.lanewise(VectorOperators.XOR, third)
                    .sub(one)
                    .lanewise(VectorOperators.ASHR, SIGN)
                    .and(gradient)
                    .reinterpretAsFloats();
            int to = dxAt + i * 2 * LANES;
            FloatVector.fromArray(SPECIES, dx, to)
                    .reinterpretAsInts()
                    .and(keep)
                    .reinterpretAsFloats()
                    .add(carried.add(a))
                    .intoArray(dx, to);
            FloatVector.fromArray(SPECIES, dx, to + LANES)
                    .reinterpretAsInts()
                    .and(keep)
                    .reinterpretAsFloats()
                    .add(b)
                    .intoArray(dx, to + LANES);
            carried = c;
        }
        int last = dxAt + pixels * 2 * LANES;
        FloatVector.fromArray(SPECIES, dx, last)
                .reinterpretAsInts()
                .and(keep)
                .reinterpretAsFloats()
                .add(carried)
                .intoArray(dx, last);
    }

    /** The same, with two in common: both are carried on. */
    static void threeByOne(
            float[] dy,
            int dyAt,
            float[] winners,
            int winnersAt,
            int place,
            int kept,
            float[] dx,
            int dxAt,
            int pixels) {
        IntVector one = IntVector.broadcast(INTS, 1);
        IntVector keep = IntVector.broadcast(INTS, kept);
        IntVector first = IntVector.broadcast(INTS, place);
        IntVector second = IntVector.broadcast(INTS, place + 1);
        IntVector third = IntVector.broadcast(INTS, place + 2);
        FloatVector carried = FloatVector.zero(SPECIES);
        FloatVector further = carried;
        for (int i = 0; i < pixels; i++) {
            IntVector where = FloatVector.fromArray(SPECIES, winners, winnersAt + i * LANES)
                    .reinterpretAsInts();
            IntVector gradient =
                    FloatVector.fromArray(SPECIES, dy, dyAt + i * LANES).reinterpretAsInts();
            FloatVector a = where.lanewise(VectorOperators.XOR, first)
                    .sub(one)
                    .lanewise(VectorOperators.ASHR, SIGN)
                    .and(gradient)
                    .reinterpretAsFloats();
            FloatVector b = where.lanewise(VectorOperators.XOR, second)
                    .sub(one)
                    .lanewise(VectorOperators.ASHR, SIGN)
                    .and(gradient)
                    .reinterpretAsFloats();
            FloatVector c = where.lanewise(VectorOperators.XOR, third)
                    .sub(one)
                    .lanewise(VectorOperators.ASHR, SIGN)
                    .and(gradient)
                    .reinterpretAsFloats();
            int to = dxAt + i * LANES;
            FloatVector.fromArray(SPECIES, dx, to)
                    .reinterpretAsInts()
                    .and(keep)
                    .reinterpretAsFloats()
                    .add(carried.add(a))
                    .intoArray(dx, to);
            carried = further.add(b);
            further = c;
        }
        int last = dxAt + pixels * LANES;
        FloatVector.fromArray(SPECIES, dx, last)
                .reinterpretAsInts()
                .and(keep)
                .reinterpretAsFloats()
                .add(carried)
                .intoArray(dx, last);
        FloatVector.fromArray(SPECIES, dx, last + LANES)
                .reinterpretAsInts()
                .and(keep)
                .reinterpretAsFloats()
                .add(further)
                .intoArray(dx, last + LANES);
    }
}
