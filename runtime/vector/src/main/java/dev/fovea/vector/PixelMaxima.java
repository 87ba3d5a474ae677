package dev.fovea.vector;

import dev.fovea.runtime.simd.FloatOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The largest of some pixels each, by integers in the order of floats: the maximum of floats takes several instructions. */
final class PixelMaxima {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int SIGN = Integer.SIZE - 1;

    private PixelMaxima() {}

    /** As {@link dev.fovea.runtime.simd.PixelSimd#maxDown}. Its index is as plain as that so that what is read and written need not be checked in each step. */
    static void down(
            float[] x, int xAt, int second, int third, int xRow, float[] y, int yAt, int yRow, int rows, int pixels) {
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xRow;
            int to = yAt + row * yRow;
            for (int i = 0; i < pixels * LANES; i += LANES) {
                IntVector a = FloatVector.fromArray(SPECIES, x, from + i).reinterpretAsInts();
                IntVector b =
                        FloatVector.fromArray(SPECIES, x, from + second + i).reinterpretAsInts();
                IntVector c =
                        FloatVector.fromArray(SPECIES, x, from + third + i).reinterpretAsInts();
                a = a.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, a);
                b = b.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, b);
                c = c.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, c);
                a.sub(nans)
                        .max(b.sub(nans))
                        .max(c.sub(nans))
                        .reinterpretAsFloats()
                        .intoArray(y, to + i);
            }
        }
    }

    /** As {@link dev.fovea.runtime.simd.PixelSimd#largestOfThree}. */
    static void ofThree(float[] x, int xAt, int second, int third, int pixels) {
        for (int i = 0; i < pixels; i++) {
            int at = xAt + i * LANES;
            FloatVector.fromArray(SPECIES, x, at)
                    .reinterpretAsInts()
                    .max(FloatVector.fromArray(SPECIES, x, at + second).reinterpretAsInts())
                    .max(FloatVector.fromArray(SPECIES, x, at + third).reinterpretAsInts())
                    .reinterpretAsFloats()
                    .intoArray(x, at);
        }
    }

    /** As {@link dev.fovea.runtime.simd.PixelSimd#maxAcross}. */
    static void across(
            float[] x, int xAt, int second, int third, int xStep, int xRow, float[] y, int yAt, int rows, int pixels) {
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < pixels; i++) {
                int at = xAt + row * xRow + i * xStep;
                IntVector bits = FloatVector.fromArray(SPECIES, x, at)
                        .reinterpretAsInts()
                        .max(FloatVector.fromArray(SPECIES, x, at + second).reinterpretAsInts())
                        .max(FloatVector.fromArray(SPECIES, x, at + third).reinterpretAsInts())
                        .add(nans);
                bits.lanewise(VectorOperators.ASHR, SIGN)
                        .and(magnitude)
                        .lanewise(VectorOperators.XOR, bits)
                        .reinterpretAsFloats()
                        .intoArray(y, yAt + (row * pixels + i) * LANES);
            }
        }
    }

    /** As {@link dev.fovea.runtime.simd.PixelSimd#largest}, every second pixel by itself. */
    static void ofAll(float[] x, int xAt, int pixels, float[] y, int yAt) {
        IntVector magnitude = IntVector.broadcast(INTS, FloatOrder.MAGNITUDE);
        IntVector nans = IntVector.broadcast(INTS, FloatOrder.NEGATIVE_NANS);
        IntVector largest = IntVector.broadcast(INTS, FloatOrder.LOWEST);
        IntVector other = largest;
        int end = xAt + pixels * LANES;
        for (int at = xAt; at < end; at += 2 * LANES) {
            IntVector a = FloatVector.fromArray(SPECIES, x, at).reinterpretAsInts();
            // the last one of an odd number is done twice
            IntVector b = FloatVector.fromArray(SPECIES, x, Math.min(at + LANES, end - LANES))
                    .reinterpretAsInts();
            a = a.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, a);
            b = b.lanewise(VectorOperators.ASHR, SIGN).and(magnitude).lanewise(VectorOperators.XOR, b);
            largest = largest.max(a.sub(nans));
            other = other.max(b.sub(nans));
        }
        IntVector bits = largest.max(other).add(nans);
        bits.lanewise(VectorOperators.ASHR, SIGN)
                .and(magnitude)
                .lanewise(VectorOperators.XOR, bits)
                .reinterpretAsFloats()
                .intoArray(y, yAt);
    }
}
