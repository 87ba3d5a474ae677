package dev.fovea.vector;

import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.SimdFunctions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Functions of elements in the CPU's widest registers. What does not fill a register at the end is left to plain loops. */
final class VectorFunctions implements SimdFunctions {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /* Sums are folded as in VectorSimd. */
    private static final VectorShuffle<Float> ROTATE_8 = VectorShuffle.iota(SPECIES, 8 % LANES, 1, true);
    private static final VectorShuffle<Float> ROTATE_4 = VectorShuffle.iota(SPECIES, 4 % LANES, 1, true);
    private static final VectorShuffle<Float> ROTATE_2 = VectorShuffle.iota(SPECIES, 2 % LANES, 1, true);

    private static final SimdFunctions REST = new ScalarSimd().functions();

    @Override
    public void subtract(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i)
                    .sub(FloatVector.fromArray(SPECIES, y, yAt + i))
                    .intoArray(z, zAt + i);
        }
        REST.subtract(x, xAt + whole, y, yAt + whole, z, zAt + whole, length - whole);
    }

    @Override
    public void normalize(float centre, float a, float b, float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector factor = FloatVector.broadcast(SPECIES, a);
        FloatVector offset = FloatVector.broadcast(SPECIES, b);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i)
                    .sub(centre)
                    .fma(factor, offset)
                    .intoArray(y, yAt + i);
        }
        REST.normalize(centre, a, b, x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void normalizePlanes(
            float[] numbers,
            int distance,
            boolean rectify,
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            int planes,
            int area) {
        if (area < LANES) {
            SimdFunctions.super.normalizePlanes(numbers, distance, rectify, x, xAt, y, yAt, planes, area);
        } else if (rectify) {
            NormalizedPlanes.rectified(numbers, distance, x, xAt, y, yAt, planes, area);
        } else {
            NormalizedPlanes.plain(numbers, distance, x, xAt, y, yAt, planes, area);
        }
    }

    @Override
    public void combine(
            float a,
            float[] y,
            int yAt,
            float b,
            float centre,
            float[] x,
            int xAt,
            float c,
            float[] z,
            int zAt,
            int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector ofY = FloatVector.broadcast(SPECIES, a);
        FloatVector ofX = FloatVector.broadcast(SPECIES, b);
        FloatVector offset = FloatVector.broadcast(SPECIES, c);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector fromX =
                    FloatVector.fromArray(SPECIES, x, xAt + i).sub(centre).fma(ofX, offset);
            FloatVector.fromArray(SPECIES, y, yAt + i).fma(ofY, fromX).intoArray(z, zAt + i);
        }
        REST.combine(a, y, yAt + whole, b, centre, x, xAt + whole, c, z, zAt + whole, length - whole);
    }

    @Override
    public void addCombination(
            float a,
            float[] y,
            int yAt,
            float b,
            float centre,
            float[] x,
            int xAt,
            float c,
            float[] z,
            int zAt,
            int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector ofY = FloatVector.broadcast(SPECIES, a);
        FloatVector ofX = FloatVector.broadcast(SPECIES, b);
        FloatVector offset = FloatVector.broadcast(SPECIES, c);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector fromX =
                    FloatVector.fromArray(SPECIES, x, xAt + i).sub(centre).fma(ofX, offset);
            FloatVector.fromArray(SPECIES, y, yAt + i)
                    .fma(ofY, fromX)
                    .add(FloatVector.fromArray(SPECIES, z, zAt + i))
                    .intoArray(z, zAt + i);
        }
        REST.addCombination(a, y, yAt + whole, b, centre, x, xAt + whole, c, z, zAt + whole, length - whole);
    }

    @Override
    public float dotCentred(float centre, float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - 2 * LANES; i += 2 * LANES) {
            s0 = FloatVector.fromArray(SPECIES, x, xAt + i)
                    .sub(centre)
                    .fma(FloatVector.fromArray(SPECIES, y, yAt + i), s0);
            s1 = FloatVector.fromArray(SPECIES, x, xAt + i + LANES)
                    .sub(centre)
                    .fma(FloatVector.fromArray(SPECIES, y, yAt + i + LANES), s1);
        }
        for (; i <= length - LANES; i += LANES) {
            s0 = FloatVector.fromArray(SPECIES, x, xAt + i)
                    .sub(centre)
                    .fma(FloatVector.fromArray(SPECIES, y, yAt + i), s0);
        }
        s0 = s0.add(s1);
        s0 = LANES < 16 ? s0 : s0.add(s0.rearrange(ROTATE_8));
        s0 = LANES < 8 ? s0 : s0.add(s0.rearrange(ROTATE_4));
        s0 = LANES < 4 ? s0 : s0.add(s0.rearrange(ROTATE_2));
        float total = s0.lane(0) + (LANES < 2 ? 0 : s0.lane(1));
        return total + REST.dotCentred(centre, x, xAt + i, y, yAt + i, length - i);
    }

    @Override
    public float squaredDistance(float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - 2 * LANES; i += 2 * LANES) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, xAt + i).sub(FloatVector.fromArray(SPECIES, y, yAt + i));
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, xAt + i + LANES)
                    .sub(FloatVector.fromArray(SPECIES, y, yAt + i + LANES));
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
        }
        for (; i <= length - LANES; i += LANES) {
            FloatVector d = FloatVector.fromArray(SPECIES, x, xAt + i).sub(FloatVector.fromArray(SPECIES, y, yAt + i));
            s0 = d.fma(d, s0);
        }
        s0 = s0.add(s1);
        s0 = LANES < 16 ? s0 : s0.add(s0.rearrange(ROTATE_8));
        s0 = LANES < 8 ? s0 : s0.add(s0.rearrange(ROTATE_4));
        s0 = LANES < 4 ? s0 : s0.add(s0.rearrange(ROTATE_2));
        float total = s0.lane(0) + (LANES < 2 ? 0 : s0.lane(1));
        return total + REST.squaredDistance(x, xAt + i, y, yAt + i, length - i);
    }

    @Override
    public void exp(float shift, float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = VectorExponentials.exp(shift, x, xAt, y, yAt, length);
        REST.exp(shift, x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void sigmoid(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = VectorExponentials.sigmoid(x, xAt, y, yAt, length);
        REST.sigmoid(x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void sigmoidGradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector out = FloatVector.fromArray(SPECIES, y, yAt + i);
            FloatVector.fromArray(SPECIES, dy, dyAt + i)
                    .mul(out.mul(one.sub(out)))
                    .intoArray(dy, dyAt + i);
        }
        REST.sigmoidGradient(y, yAt + whole, dy, dyAt + whole, length - whole);
    }

    @Override
    public void tanh(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = VectorExponentials.tanh(x, xAt, y, yAt, length);
        REST.tanh(x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void tanhGradient(float[] y, int yAt, float[] dy, int dyAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector out = FloatVector.fromArray(SPECIES, y, yAt + i);
            FloatVector.fromArray(SPECIES, dy, dyAt + i)
                    .mul(out.neg().fma(out, one))
                    .intoArray(dy, dyAt + i);
        }
        REST.tanhGradient(y, yAt + whole, dy, dyAt + whole, length - whole);
    }

    @Override
    public void leakyRelu(float slope, float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector in = FloatVector.fromArray(SPECIES, x, xAt + i);
            in.mul(slope).blend(in, in.compare(VectorOperators.GT, 0)).intoArray(y, yAt + i);
        }
        REST.leakyRelu(slope, x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void leakyReluGradient(float slope, float[] y, int yAt, float[] dy, int dyAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            VectorMask<Float> on = FloatVector.fromArray(SPECIES, y, yAt + i).compare(VectorOperators.GT, 0);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyAt + i);
            gradient.mul(slope).blend(gradient, on).intoArray(dy, dyAt + i);
        }
        REST.leakyReluGradient(slope, y, yAt + whole, dy, dyAt + whole, length - whole);
    }

    @Override
    public void clamp(float low, float high, float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i).max(low).min(high).intoArray(y, yAt + i);
        }
        REST.clamp(low, high, x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void clampGradient(float low, float high, float[] y, int yAt, float[] dy, int dyAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector out = FloatVector.fromArray(SPECIES, y, yAt + i);
            VectorMask<Float> off = out.compare(VectorOperators.LE, low).or(out.compare(VectorOperators.GE, high));
            FloatVector.fromArray(SPECIES, dy, dyAt + i).blend(0, off).intoArray(dy, dyAt + i);
        }
        REST.clampGradient(low, high, y, yAt + whole, dy, dyAt + whole, length - whole);
    }

    @Override
    public void elu(float a, float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = VectorExponentials.elu(a, x, xAt, y, yAt, length);
        REST.elu(a, x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void eluGradient(float a, float[] y, int yAt, float[] dy, int dyAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector out = FloatVector.fromArray(SPECIES, y, yAt + i);
            FloatVector slope = out.add(a).blend(1, out.compare(VectorOperators.GT, 0));
            FloatVector.fromArray(SPECIES, dy, dyAt + i).mul(slope).intoArray(dy, dyAt + i);
        }
        REST.eluGradient(a, y, yAt + whole, dy, dyAt + whole, length - whole);
    }

    @Override
    public void silu(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = VectorExponentials.silu(x, xAt, y, yAt, length);
        REST.silu(x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void siluSlope(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = VectorExponentials.siluSlope(x, xAt, y, yAt, length);
        REST.siluSlope(x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void normalShare(float[] x, int xAt, float[] y, int yAt, int length) {
        VectorNormal.tailFactor(x, xAt, y, yAt, length);
        int whole = VectorNormal.share(x, xAt, y, yAt, length);
        REST.normalShare(x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void geluSlope(float[] x, int xAt, float[] y, int yAt, int length) {
        VectorNormal.tailFactor(x, xAt, y, yAt, length);
        int whole = VectorNormal.geluSlope(x, xAt, y, yAt, length);
        REST.geluSlope(x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void energy(
            float scale, float offset, float[] x, int xAt, int step, int rows, float[] y, int yAt, int length) {
        int whole;
        if (rows == 5) {
            whole = VectorPowers.energyOfFive(scale, offset, x, xAt, step, y, yAt, length);
        } else {
            whole = VectorPowers.energyOfOne(scale, offset, x, xAt, y, yAt, length);
            for (int row = 1; row < rows; row++) {
                VectorPowers.addEnergy(scale, x, xAt + row * step, y, yAt, length);
            }
        }
        REST.energy(scale, offset, x, xAt + whole, step, rows, y, yAt + whole, length - whole);
    }

    @Override
    public void inversePower(float exponent, float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = 0;
        if (exponent == 0.75f) {
            whole = VectorPowers.inverseThreeQuarters(x, xAt, y, yAt, length);
        } else if (exponent == 0.5f) {
            whole = VectorPowers.inverseRoot(x, xAt, y, yAt, length);
        } else if (exponent == 1) {
            whole = VectorPowers.inverse(x, xAt, y, yAt, length);
        }
        REST.inversePower(exponent, x, xAt + whole, y, yAt + whole, length - whole);
    }
}
