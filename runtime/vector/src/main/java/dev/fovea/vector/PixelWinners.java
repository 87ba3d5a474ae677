package dev.fovea.vector;

import dev.fovea.runtime.simd.FloatOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The largest of some pixels and which it was, first along rows and then down the columns: in reading order the first of equal ones is the first in its row, of the first row. By integers in the
 * order of floats, as in {@link PixelMaxima}; 0 is added so that -0 becomes +0, which is equal to it.
 */
final class PixelWinners {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int SIGN = Integer.SIZE - 1;

    private PixelWinners() {}

    /** As {@link dev.fovea.runtime.simd.PixelSimd#firstAcross}, of two taps. */
    static void acrossTwo(
            float[] x,
            int xAt,
            int tapStep,
            int xStep,
            float[] keys,
            int keysAt,
            float[] places,
            int placesAt,
            int pixels) {
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        FloatVector zero = FloatVector.zero(SPECIES);
        IntVector first = IntVector.zero(INTS);
        IntVector second = IntVector.broadcast(INTS, 1);
        for (int i = 0; i < pixels; i++) {
            int at = xAt + i * xStep;
            IntVector a = FloatVector.fromArray(SPECIES, x, at).add(zero).reinterpretAsInts();
            IntVector b =
                    FloatVector.fromArray(SPECIES, x, at + tapStep).add(zero).reinterpretAsInts();
            a = a.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, a);
            b = b.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, b);
            a = a.sub(nans);
            b = b.sub(nans);
            first.blend(second, b.compare(VectorOperators.GT, a))
                    .reinterpretAsFloats()
                    .intoArray(places, placesAt + i * LANES);
            a.max(b).reinterpretAsFloats().intoArray(keys, keysAt + i * LANES);
        }
    }

    /** The same of three taps. */
    static void acrossThree(
            float[] x,
            int xAt,
            int tapStep,
            int xStep,
            float[] keys,
            int keysAt,
            float[] places,
            int placesAt,
            int pixels) {
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        FloatVector zero = FloatVector.zero(SPECIES);
        IntVector first = IntVector.zero(INTS);
        IntVector second = IntVector.broadcast(INTS, 1);
        IntVector third = IntVector.broadcast(INTS, 2);
        for (int i = 0; i < pixels; i++) {
            int at = xAt + i * xStep;
            IntVector a = FloatVector.fromArray(SPECIES, x, at).add(zero).reinterpretAsInts();
            IntVector b =
                    FloatVector.fromArray(SPECIES, x, at + tapStep).add(zero).reinterpretAsInts();
            IntVector c = FloatVector.fromArray(SPECIES, x, at + 2 * tapStep)
                    .add(zero)
                    .reinterpretAsInts();
            a = a.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, a);
            b = b.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, b);
            c = c.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, c);
            a = a.sub(nans);
            b = b.sub(nans);
            c = c.sub(nans);
            IntVector two = a.max(b);
            first.blend(second, b.compare(VectorOperators.GT, a))
                    .blend(third, c.compare(VectorOperators.GT, two))
                    .reinterpretAsFloats()
                    .intoArray(places, placesAt + i * LANES);
            two.max(c).reinterpretAsFloats().intoArray(keys, keysAt + i * LANES);
        }
    }

    /** The same of any number of taps. */
    static void across(
            float[] x,
            int xAt,
            int taps,
            int tapStep,
            int xStep,
            float[] keys,
            int keysAt,
            float[] places,
            int placesAt,
            int pixels) {
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0; i < pixels; i++) {
            int at = xAt + i * xStep;
            IntVector most = FloatVector.fromArray(SPECIES, x, at).add(zero).reinterpretAsInts();
            most = most.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, most);
            most = most.sub(nans);
            IntVector place = IntVector.zero(INTS);
            for (int tap = 1; tap < taps; tap++) {
                IntVector next = FloatVector.fromArray(SPECIES, x, at + tap * tapStep)
                        .add(zero)
                        .reinterpretAsInts();
                next = next.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, next);
                next = next.sub(nans);
                place = place.blend(IntVector.broadcast(INTS, tap), next.compare(VectorOperators.GT, most));
                most = most.max(next);
            }
            place.reinterpretAsFloats().intoArray(places, placesAt + i * LANES);
            most.reinterpretAsFloats().intoArray(keys, keysAt + i * LANES);
        }
    }

    /** As {@link dev.fovea.runtime.simd.PixelSimd#firstDown}, of two taps. */
    static void downTwo(
            float[] rooms,
            int[] keysAt,
            int places,
            int rowTaps,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int pixels) {
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        IntVector step = IntVector.broadcast(INTS, rowTaps);
        int first = keysAt[0];
        int second = keysAt[1];
        for (int i = 0; i < pixels * LANES; i += LANES) {
            IntVector a = FloatVector.fromArray(SPECIES, rooms, first + i).reinterpretAsInts();
            IntVector b = FloatVector.fromArray(SPECIES, rooms, second + i).reinterpretAsInts();
            IntVector ofA =
                    FloatVector.fromArray(SPECIES, rooms, first + places + i).reinterpretAsInts();
            IntVector ofB = FloatVector.fromArray(SPECIES, rooms, second + places + i)
                    .reinterpretAsInts()
                    .add(step);
            ofA.blend(ofB, b.compare(VectorOperators.GT, a))
                    .reinterpretAsFloats()
                    .intoArray(winners, winnersAt + i);
            IntVector bits = a.max(b).add(nans);
            bits.lanewise(VectorOperators.ASHR, SIGN)
                    .and(magnitude)
                    .lanewise(VectorOperators.XOR, bits)
                    .reinterpretAsFloats()
                    .intoArray(y, yAt + i);
        }
    }

    /** The same of three taps. */
    static void downThree(
            float[] rooms,
            int[] keysAt,
            int places,
            int rowTaps,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int pixels) {
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        IntVector step = IntVector.broadcast(INTS, rowTaps);
        IntVector steps = IntVector.broadcast(INTS, 2 * rowTaps);
        int first = keysAt[0];
        int second = keysAt[1];
        int third = keysAt[2];
        for (int i = 0; i < pixels * LANES; i += LANES) {
            IntVector a = FloatVector.fromArray(SPECIES, rooms, first + i).reinterpretAsInts();
            IntVector b = FloatVector.fromArray(SPECIES, rooms, second + i).reinterpretAsInts();
            IntVector c = FloatVector.fromArray(SPECIES, rooms, third + i).reinterpretAsInts();
            IntVector ofA =
                    FloatVector.fromArray(SPECIES, rooms, first + places + i).reinterpretAsInts();
            IntVector ofB = FloatVector.fromArray(SPECIES, rooms, second + places + i)
                    .reinterpretAsInts()
                    .add(step);
            IntVector ofC = FloatVector.fromArray(SPECIES, rooms, third + places + i)
                    .reinterpretAsInts()
                    .add(steps);
            IntVector two = a.max(b);
            ofA.blend(ofB, b.compare(VectorOperators.GT, a))
                    .blend(ofC, c.compare(VectorOperators.GT, two))
                    .reinterpretAsFloats()
                    .intoArray(winners, winnersAt + i);
            IntVector bits = two.max(c).add(nans);
            bits.lanewise(VectorOperators.ASHR, SIGN)
                    .and(magnitude)
                    .lanewise(VectorOperators.XOR, bits)
                    .reinterpretAsFloats()
                    .intoArray(y, yAt + i);
        }
    }

    /** The same of any number of taps. */
    static void down(
            float[] rooms,
            int[] keysAt,
            int places,
            int taps,
            int rowTaps,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int pixels) {
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        for (int i = 0; i < pixels * LANES; i += LANES) {
            int at = keysAt[0] + i;
            IntVector most = FloatVector.fromArray(SPECIES, rooms, at).reinterpretAsInts();
            IntVector place = FloatVector.fromArray(SPECIES, rooms, at + places).reinterpretAsInts();
            for (int tap = 1; tap < taps; tap++) {
                at = keysAt[tap] + i;
                IntVector next = FloatVector.fromArray(SPECIES, rooms, at).reinterpretAsInts();
                IntVector ofNext = FloatVector.fromArray(SPECIES, rooms, at + places)
                        .reinterpretAsInts()
                        .add(tap * rowTaps);
                place = place.blend(ofNext, next.compare(VectorOperators.GT, most));
                most = most.max(next);
            }
            place.reinterpretAsFloats().intoArray(winners, winnersAt + i);
            IntVector bits = most.add(nans);
            bits.lanewise(VectorOperators.ASHR, SIGN)
                    .and(magnitude)
                    .lanewise(VectorOperators.XOR, bits)
                    .reinterpretAsFloats()
                    .intoArray(y, yAt + i);
        }
    }
}
