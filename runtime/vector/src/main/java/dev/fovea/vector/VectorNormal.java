package dev.fovea.vector;

import static dev.fovea.runtime.simd.Exponential.E2;
import static dev.fovea.runtime.simd.Exponential.E3;
import static dev.fovea.runtime.simd.Exponential.E4;
import static dev.fovea.runtime.simd.Exponential.E5;
import static dev.fovea.runtime.simd.Exponential.E6;
import static dev.fovea.runtime.simd.Exponential.LN2_HIGH;
import static dev.fovea.runtime.simd.Exponential.LN2_LOW;
import static dev.fovea.runtime.simd.Exponential.N1;
import static dev.fovea.runtime.simd.Exponential.N2;
import static dev.fovea.runtime.simd.Exponential.N3;
import static dev.fovea.runtime.simd.Exponential.N4;
import static dev.fovea.runtime.simd.Exponential.N5;
import static dev.fovea.runtime.simd.Exponential.N6;
import static dev.fovea.runtime.simd.Exponential.N7;
import static dev.fovea.runtime.simd.Exponential.N8;
import static dev.fovea.runtime.simd.Exponential.N9;
import static dev.fovea.runtime.simd.Exponential.NORMAL_PEAK;
import static dev.fovea.runtime.simd.Exponential.NORMAL_STEP;
import static dev.fovea.runtime.simd.Exponential.PER_LN2;
import static dev.fovea.runtime.simd.Exponential.ROUNDER;
import static dev.fovea.runtime.simd.Exponential.SMALLEST;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The standard normal distribution, see {@link dev.fovea.runtime.simd.Exponential}, in two passes over a range that stays in the first-level
 * cache: together they would be more than the compiler inlines, see {@link VectorExponentials}. Each pass does as many elements as fill
 * registers and returns how many those are.
 */
final class VectorNormal {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorNormal() {}

    /** {@code y} = what exp(−x²/2) has to be multiplied with for Φ(−|x|). */
    static int tailFactor(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector step = FloatVector.broadcast(SPECIES, NORMAL_STEP);
        FloatVector n1 = FloatVector.broadcast(SPECIES, N1);
        FloatVector n2 = FloatVector.broadcast(SPECIES, N2);
        FloatVector n3 = FloatVector.broadcast(SPECIES, N3);
        FloatVector n4 = FloatVector.broadcast(SPECIES, N4);
        FloatVector n5 = FloatVector.broadcast(SPECIES, N5);
        FloatVector n6 = FloatVector.broadcast(SPECIES, N6);
        FloatVector n7 = FloatVector.broadcast(SPECIES, N7);
        FloatVector n8 = FloatVector.broadcast(SPECIES, N8);
        FloatVector n9 = FloatVector.broadcast(SPECIES, N9);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector t = one.div(in.abs().fma(step, one));
            FloatVector t2 = t.mul(t);
            FloatVector t4 = t2.mul(t2);
            FloatVector lower = t.fma(n4, n3).fma(t2, t.fma(n2, n1));
            FloatVector upper = t.fma(n8, n7).fma(t2, t.fma(n6, n5));
            t4.fma(n9, upper).fma(t4, lower).mul(t).intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = Φ(x)} from the tail factor that is in y. */
    static int share(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
        FloatVector perLn2 = FloatVector.broadcast(SPECIES, PER_LN2);
        FloatVector high = FloatVector.broadcast(SPECIES, -LN2_HIGH);
        FloatVector low = FloatVector.broadcast(SPECIES, -LN2_LOW);
        FloatVector e2 = FloatVector.broadcast(SPECIES, E2);
        FloatVector e3 = FloatVector.broadcast(SPECIES, E3);
        FloatVector e4 = FloatVector.broadcast(SPECIES, E4);
        FloatVector e5 = FloatVector.broadcast(SPECIES, E5);
        FloatVector e6 = FloatVector.broadcast(SPECIES, E6);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector argument = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector in = argument.mul(argument).mul(-0.5f);
            FloatVector rounded = in.fma(perLn2, rounder);
            FloatVector n = rounded.sub(rounder);
            FloatVector r = n.fma(low, n.fma(high, in));
            FloatVector r2 = r.mul(r);
            FloatVector upper = r2.fma(e6, r.fma(e5, e4));
            FloatVector less = upper.fma(r2, r.fma(e3, e2)).fma(r2, r);
            FloatVector power = less.add(one)
                    .reinterpretAsInts()
                    .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .blend(0, in.compare(VectorOperators.LT, SMALLEST));
            FloatVector tail = power.mul(FloatVector.fromArray(SPECIES, y, yAt + i));
            FloatVector share = tail.blend(one.sub(tail), argument.compare(VectorOperators.GT, 0));
            share.intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = Φ(x) + x·φ(x)} from the tail factor that is in y. */
    static int geluSlope(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
        FloatVector perLn2 = FloatVector.broadcast(SPECIES, PER_LN2);
        FloatVector high = FloatVector.broadcast(SPECIES, -LN2_HIGH);
        FloatVector low = FloatVector.broadcast(SPECIES, -LN2_LOW);
        FloatVector e2 = FloatVector.broadcast(SPECIES, E2);
        FloatVector e3 = FloatVector.broadcast(SPECIES, E3);
        FloatVector e4 = FloatVector.broadcast(SPECIES, E4);
        FloatVector e5 = FloatVector.broadcast(SPECIES, E5);
        FloatVector e6 = FloatVector.broadcast(SPECIES, E6);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector peak = FloatVector.broadcast(SPECIES, NORMAL_PEAK);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector argument = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector in = argument.mul(argument).mul(-0.5f);
            FloatVector rounded = in.fma(perLn2, rounder);
            FloatVector n = rounded.sub(rounder);
            FloatVector r = n.fma(low, n.fma(high, in));
            FloatVector r2 = r.mul(r);
            FloatVector upper = r2.fma(e6, r.fma(e5, e4));
            FloatVector less = upper.fma(r2, r.fma(e3, e2)).fma(r2, r);
            FloatVector power = less.add(one)
                    .reinterpretAsInts()
                    .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .blend(0, in.compare(VectorOperators.LT, SMALLEST));
            FloatVector tail = power.mul(FloatVector.fromArray(SPECIES, y, yAt + i));
            FloatVector share = tail.blend(one.sub(tail), argument.compare(VectorOperators.GT, 0));
            power.mul(peak).fma(argument, share).intoArray(y, yAt + i);
        }
        return whole;
    }
}
