package dev.fovea.vector;

import static dev.fovea.runtime.simd.Exponential.E2;
import static dev.fovea.runtime.simd.Exponential.E3;
import static dev.fovea.runtime.simd.Exponential.E4;
import static dev.fovea.runtime.simd.Exponential.E5;
import static dev.fovea.runtime.simd.Exponential.E6;
import static dev.fovea.runtime.simd.Exponential.LARGEST;
import static dev.fovea.runtime.simd.Exponential.LESS_ONE_END;
import static dev.fovea.runtime.simd.Exponential.LN2_HIGH;
import static dev.fovea.runtime.simd.Exponential.LN2_LOW;
import static dev.fovea.runtime.simd.Exponential.P1;
import static dev.fovea.runtime.simd.Exponential.P2;
import static dev.fovea.runtime.simd.Exponential.P3;
import static dev.fovea.runtime.simd.Exponential.P4;
import static dev.fovea.runtime.simd.Exponential.PER_LN2;
import static dev.fovea.runtime.simd.Exponential.Q1;
import static dev.fovea.runtime.simd.Exponential.Q2;
import static dev.fovea.runtime.simd.Exponential.Q3;
import static dev.fovea.runtime.simd.Exponential.Q4;
import static dev.fovea.runtime.simd.Exponential.ROUNDER;
import static dev.fovea.runtime.simd.Exponential.SMALLEST;
import static dev.fovea.runtime.simd.Exponential.TANH_END;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions with an exponential in them, by the polynomials of {@link dev.fovea.runtime.simd.Exponential}. Each does as many elements as fill
 * registers and returns how many those are.
 *
 * <p>Each loop is written out, the exponential with it, and is short. HotSpot's second compiler keeps vectors in registers only where it
 * inlines all of a loop, and it stops inlining at 18,000 nodes of its graph, where an operation on vectors costs some 250 before they are
 * simplified; what is left then makes an object of each vector. How many nodes it takes depends on what else has run in the process: tanh as exponential
 * and polynomial was below the limit in a process of its own and above it after fifteen other kernels. A method that is called, and
 * that was compiled by itself before, is not inlined either.
 */
final class VectorExponentials {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorExponentials() {}

    /** {@code y = exp(x − shift)}. */
    static int exp(float shift, float[] x, int xAt, float[] y, int yAt, int length) {
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
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i).sub(shift);
            FloatVector rounded = in.fma(perLn2, rounder);
            FloatVector n = rounded.sub(rounder);
            FloatVector r = n.fma(low, n.fma(high, in));
            FloatVector r2 = r.mul(r);
            FloatVector upper = r2.fma(e6, r.fma(e5, e4));
            FloatVector less = upper.fma(r2, r.fma(e3, e2)).fma(r2, r);
            FloatVector power = less.add(one)
                    .reinterpretAsInts()
                    .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats();
            power.blend(0, in.compare(VectorOperators.LT, SMALLEST))
                    .blend(Float.POSITIVE_INFINITY, in.compare(VectorOperators.GT, LARGEST))
                    .intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = 1 / (1 + exp(−x))}. */
    static int sigmoid(float[] x, int xAt, float[] y, int yAt, int length) {
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
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i).neg();
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
                    .blend(0, in.compare(VectorOperators.LT, SMALLEST))
                    .blend(Float.POSITIVE_INFINITY, in.compare(VectorOperators.GT, LARGEST));
            one.div(power.add(one)).intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = x / (1 + exp(−x))}. */
    static int silu(float[] x, int xAt, float[] y, int yAt, int length) {
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
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i).neg();
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
                    .blend(0, in.compare(VectorOperators.LT, SMALLEST))
                    .blend(Float.POSITIVE_INFINITY, in.compare(VectorOperators.GT, LARGEST));
            one.div(power.add(one)).mul(in.neg()).intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = σ·(1 + x·(1 − σ))} with σ = 1 / (1 + exp(−x)). */
    static int siluSlope(float[] x, int xAt, float[] y, int yAt, int length) {
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
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i).neg();
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
                    .blend(0, in.compare(VectorOperators.LT, SMALLEST))
                    .blend(Float.POSITIVE_INFINITY, in.compare(VectorOperators.GT, LARGEST));
            FloatVector gate = one.div(power.add(one));
            gate.sub(one).fma(in, one).mul(gate).intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = x} where {@code x > 0}, else {@code a·(e^x − 1)}. */
    static int elu(float a, float[] x, int xAt, float[] y, int yAt, int length) {
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
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector rounded = in.fma(perLn2, rounder);
            FloatVector n = rounded.sub(rounder);
            FloatVector r = n.fma(low, n.fma(high, in));
            FloatVector r2 = r.mul(r);
            FloatVector upper = r2.fma(e6, r.fma(e5, e4));
            FloatVector less = upper.fma(r2, r.fma(e3, e2)).fma(r2, r);
            FloatVector power = one.reinterpretAsInts()
                    .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats();
            less.fma(power, power.sub(one))
                    .blend(-1, in.compare(VectorOperators.LT, LESS_ONE_END))
                    .mul(a)
                    .blend(in, in.compare(VectorOperators.GT, 0))
                    .intoArray(y, yAt + i);
        }
        return whole;
    }

    /** {@code y = tanh(x)}. */
    static int tanh(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector p1 = FloatVector.broadcast(SPECIES, P1);
        FloatVector p2 = FloatVector.broadcast(SPECIES, P2);
        FloatVector p3 = FloatVector.broadcast(SPECIES, P3);
        FloatVector p4 = FloatVector.broadcast(SPECIES, P4);
        FloatVector q1 = FloatVector.broadcast(SPECIES, Q1);
        FloatVector q2 = FloatVector.broadcast(SPECIES, Q2);
        FloatVector q3 = FloatVector.broadcast(SPECIES, Q3);
        FloatVector q4 = FloatVector.broadcast(SPECIES, Q4);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector magnitude = in.abs();
            FloatVector inside = magnitude.blend(TANH_END, magnitude.compare(VectorOperators.GT, TANH_END));
            FloatVector u = inside.mul(inside);
            FloatVector above = u.fma(p4, p3).fma(u, p2).fma(u, p1).fma(u, one).mul(inside);
            FloatVector below = u.fma(q4, q3).fma(u, q2).fma(u, q1).fma(u, one);
            FloatVector value = above.div(below);
            value = value.blend(1, value.compare(VectorOperators.GT, 1));
            IntVector sign = in.reinterpretAsInts().and(Integer.MIN_VALUE);
            value.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yAt + i);
        }
        return whole;
    }
}
