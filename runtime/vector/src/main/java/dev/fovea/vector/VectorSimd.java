package dev.fovea.vector;

import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.ChannelSimd;
import dev.fovea.runtime.simd.MatrixSimd;
import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.SimdFunctions;
import dev.fovea.runtime.simd.SimdPlanes;
import dev.fovea.runtime.simd.SimdRows;
import dev.fovea.runtime.simd.SimdUpdates;
import dev.fovea.runtime.simd.SimdWindows;
import dev.fovea.runtime.simd.StreamSimd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The primitives in the CPU's widest registers. What does not fill a register at the end is left to plain loops. */
public final class VectorSimd implements Simd {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /*
     * Sums are folded by rotations, not by reduceLanes, which may add in another order once it is compiled. Rotating by
     * as much as there are lanes or more is left out.
     */
    private static final VectorShuffle<Float> ROTATE_8 = VectorShuffle.iota(SPECIES, 8 % LANES, 1, true);
    private static final VectorShuffle<Float> ROTATE_4 = VectorShuffle.iota(SPECIES, 4 % LANES, 1, true);
    private static final VectorShuffle<Float> ROTATE_2 = VectorShuffle.iota(SPECIES, 2 % LANES, 1, true);

    private static final ScalarSimd REST = new ScalarSimd();

    /** With so many there are 32 registers. */
    private static final int AVX512_LANES = 16;

    private final MatrixSimd matrix = new VectorMatrixSimd();
    private final WinogradSimd winograd = new VectorWinograd();
    private final SimdFunctions functions = new VectorFunctions();
    private final SimdWindows windows = new VectorWindows();
    private final SimdPlanes planes = new VectorPlanes();
    private final SimdRows rows = new VectorRows();
    private final SimdUpdates updates = new VectorUpdates();
    private final Optional<StreamSimd> streams = Optional.of(new VectorStreams());
    private final Optional<ChannelSimd> channels =
            LANES == AVX512_LANES ? Optional.of(new VectorChannels()) : Optional.empty();
    private final Optional<BlockSimd> blocks =
            LANES == BlockSimd.SIZE ? Optional.of(new VectorBlocks()) : Optional.empty();

    @Override
    public WinogradSimd winograd() {
        return winograd;
    }

    @Override
    public MatrixSimd matrix() {
        return matrix;
    }

    @Override
    public SimdFunctions functions() {
        return functions;
    }

    @Override
    public SimdWindows windows() {
        return windows;
    }

    @Override
    public SimdPlanes planes() {
        return planes;
    }

    @Override
    public SimdRows rows() {
        return rows;
    }

    @Override
    public SimdUpdates updates() {
        return updates;
    }

    @Override
    public Optional<ChannelSimd> channels() {
        return channels;
    }

    @Override
    public Optional<StreamSimd> streams() {
        return streams;
    }

    @Override
    public Optional<BlockSimd> blocks() {
        return blocks;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public String description() {
        return "SIMD, " + LANES + " lanes";
    }

    @Override
    public void scale(float a, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, y, yAt + i).mul(a).intoArray(y, yAt + i);
        }
        REST.scale(a, y, yAt + whole, length - whole);
    }

    @Override
    public void add(float[] x, int xAt, float[] y, int yAt, int length) {
        add(x, xAt, y, yAt, y, yAt, length);
    }

    @Override
    public void add(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i)
                    .add(FloatVector.fromArray(SPECIES, y, yAt + i))
                    .intoArray(z, zAt + i);
        }
        REST.add(x, xAt + whole, y, yAt + whole, z, zAt + whole, length - whole);
    }

    @Override
    public void addScaled(float a, float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector factor = FloatVector.broadcast(SPECIES, a);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i)
                    .fma(factor, FloatVector.fromArray(SPECIES, y, yAt + i))
                    .intoArray(y, yAt + i);
        }
        REST.addScaled(a, x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void affine(float a, float b, float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector factor = FloatVector.broadcast(SPECIES, a);
        FloatVector offset = FloatVector.broadcast(SPECIES, b);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i).fma(factor, offset).intoArray(y, yAt + i);
        }
        REST.affine(a, b, x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void multiply(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i)
                    .mul(FloatVector.fromArray(SPECIES, y, yAt + i))
                    .intoArray(z, zAt + i);
        }
        REST.multiply(x, xAt + whole, y, yAt + whole, z, zAt + whole, length - whole);
    }

    @Override
    public void addProduct(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i)
                    .fma(FloatVector.fromArray(SPECIES, y, yAt + i), FloatVector.fromArray(SPECIES, z, zAt + i))
                    .intoArray(z, zAt + i);
        }
        REST.addProduct(x, xAt + whole, y, yAt + whole, z, zAt + whole, length - whole);
    }

    @Override
    public void max(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(SPECIES, y, yAt + i)
                    .max(FloatVector.fromArray(SPECIES, x, xAt + i))
                    .intoArray(y, yAt + i);
        }
        REST.max(x, xAt + whole, y, yAt + whole, length - whole);
    }

    @Override
    public void relu(float[] x, int xAt, float[] y, int yAt, int length) {
        Rectified.single(x, xAt, y, yAt, length);
    }

    @Override
    public void addRelu(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int length) {
        Rectified.sum(x, xAt, y, yAt, z, zAt, length);
    }

    @Override
    public void everySecond(float[] x, int xAt, float[] y, int yAt, int length, int room) {
        Windows.everySecond(x, xAt, y, yAt, length, room);
    }

    @Override
    public void reluMask(float[] y, int yAt, float[] dy, int dyAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += LANES) {
            VectorMask<Float> off = FloatVector.fromArray(SPECIES, y, yAt + i).compare(VectorOperators.LE, zero);
            FloatVector.fromArray(SPECIES, dy, dyAt + i).blend(zero, off).intoArray(dy, dyAt + i);
        }
        REST.reluMask(y, yAt + whole, dy, dyAt + whole, length - whole);
    }

    @Override
    public float sum(float[] x, int xAt, int length) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - 4 * LANES; i += 4 * LANES) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, xAt + i));
            s1 = s1.add(FloatVector.fromArray(SPECIES, x, xAt + i + LANES));
            s2 = s2.add(FloatVector.fromArray(SPECIES, x, xAt + i + 2 * LANES));
            s3 = s3.add(FloatVector.fromArray(SPECIES, x, xAt + i + 3 * LANES));
        }
        for (; i <= length - LANES; i += LANES) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, xAt + i));
        }
        s0 = s0.add(s1).add(s2.add(s3));
        s0 = LANES < 16 ? s0 : s0.add(s0.rearrange(ROTATE_8));
        s0 = LANES < 8 ? s0 : s0.add(s0.rearrange(ROTATE_4));
        s0 = LANES < 4 ? s0 : s0.add(s0.rearrange(ROTATE_2));
        float total = s0.lane(0) + (LANES < 2 ? 0 : s0.lane(1));
        return total + REST.sum(x, xAt + i, length - i);
    }

    @Override
    public float sumOfSquares(float centre, float[] x, int xAt, int length) {
        FloatVector middle = FloatVector.broadcast(SPECIES, centre);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - 4 * LANES; i += 4 * LANES) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, xAt + i).sub(middle);
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, xAt + i + LANES).sub(middle);
            FloatVector d2 =
                    FloatVector.fromArray(SPECIES, x, xAt + i + 2 * LANES).sub(middle);
            FloatVector d3 =
                    FloatVector.fromArray(SPECIES, x, xAt + i + 3 * LANES).sub(middle);
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            s2 = d2.fma(d2, s2);
            s3 = d3.fma(d3, s3);
        }
        for (; i <= length - LANES; i += LANES) {
            FloatVector d = FloatVector.fromArray(SPECIES, x, xAt + i).sub(middle);
            s0 = d.fma(d, s0);
        }
        s0 = s0.add(s1).add(s2.add(s3));
        s0 = LANES < 16 ? s0 : s0.add(s0.rearrange(ROTATE_8));
        s0 = LANES < 8 ? s0 : s0.add(s0.rearrange(ROTATE_4));
        s0 = LANES < 4 ? s0 : s0.add(s0.rearrange(ROTATE_2));
        float total = s0.lane(0) + (LANES < 2 ? 0 : s0.lane(1));
        return total + REST.sumOfSquares(centre, x, xAt + i, length - i);
    }

    @Override
    public float dot(float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        FloatVector s2 = FloatVector.zero(SPECIES);
        FloatVector s3 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - 4 * LANES; i += 4 * LANES) {
            s0 = FloatVector.fromArray(SPECIES, x, xAt + i).fma(FloatVector.fromArray(SPECIES, y, yAt + i), s0);
            s1 = FloatVector.fromArray(SPECIES, x, xAt + i + LANES)
                    .fma(FloatVector.fromArray(SPECIES, y, yAt + i + LANES), s1);
            s2 = FloatVector.fromArray(SPECIES, x, xAt + i + 2 * LANES)
                    .fma(FloatVector.fromArray(SPECIES, y, yAt + i + 2 * LANES), s2);
            s3 = FloatVector.fromArray(SPECIES, x, xAt + i + 3 * LANES)
                    .fma(FloatVector.fromArray(SPECIES, y, yAt + i + 3 * LANES), s3);
        }
        for (; i <= length - LANES; i += LANES) {
            s0 = FloatVector.fromArray(SPECIES, x, xAt + i).fma(FloatVector.fromArray(SPECIES, y, yAt + i), s0);
        }
        s0 = s0.add(s1).add(s2.add(s3));
        s0 = LANES < 16 ? s0 : s0.add(s0.rearrange(ROTATE_8));
        s0 = LANES < 8 ? s0 : s0.add(s0.rearrange(ROTATE_4));
        s0 = LANES < 4 ? s0 : s0.add(s0.rearrange(ROTATE_2));
        float total = s0.lane(0) + (LANES < 2 ? 0 : s0.lane(1));
        return total + REST.dot(x, xAt + i, y, yAt + i, length - i);
    }

    @Override
    public float largest(float[] x, int xAt, int length) {
        FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        FloatVector second = largest;
        FloatVector third = largest;
        FloatVector fourth = largest;
        int i = 0;
        for (; i <= length - 4 * LANES; i += 4 * LANES) {
            largest = largest.max(FloatVector.fromArray(SPECIES, x, xAt + i));
            second = second.max(FloatVector.fromArray(SPECIES, x, xAt + i + LANES));
            third = third.max(FloatVector.fromArray(SPECIES, x, xAt + i + 2 * LANES));
            fourth = fourth.max(FloatVector.fromArray(SPECIES, x, xAt + i + 3 * LANES));
        }
        for (; i <= length - LANES; i += LANES) {
            largest = largest.max(FloatVector.fromArray(SPECIES, x, xAt + i));
        }
        largest = largest.max(second).max(third.max(fourth));
        return Math.max(largest.reduceLanes(VectorOperators.MAX), REST.largest(x, xAt + i, length - i));
    }

    @Override
    public void descend(float rate, float decay, float[] g, int gAt, float[] w, int wAt, int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector back = FloatVector.broadcast(SPECIES, -rate);
        FloatVector pull = FloatVector.broadcast(SPECIES, decay);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector old = FloatVector.fromArray(SPECIES, w, wAt + i);
            FloatVector direction = old.fma(pull, FloatVector.fromArray(SPECIES, g, gAt + i));
            direction.fma(back, old).intoArray(w, wAt + i);
        }
        REST.descend(rate, decay, g, gAt + whole, w, wAt + whole, length - whole);
    }

    @Override
    public void descend(
            float rate,
            float decay,
            float momentum,
            boolean nesterov,
            float[] g,
            int gAt,
            float[] v,
            int vAt,
            float[] w,
            int wAt,
            int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector ofGradient = FloatVector.broadcast(SPECIES, nesterov ? -rate : 0);
        FloatVector ofVelocity = FloatVector.broadcast(SPECIES, nesterov ? -rate * momentum : -rate);
        FloatVector pull = FloatVector.broadcast(SPECIES, decay);
        FloatVector keep = FloatVector.broadcast(SPECIES, momentum);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector old = FloatVector.fromArray(SPECIES, w, wAt + i);
            FloatVector direction = old.fma(pull, FloatVector.fromArray(SPECIES, g, gAt + i));
            FloatVector velocity = FloatVector.fromArray(SPECIES, v, vAt + i).fma(keep, direction);
            velocity.intoArray(v, vAt + i);
            velocity.fma(ofVelocity, direction.fma(ofGradient, old)).intoArray(w, wAt + i);
        }
        int rest = length - whole;
        REST.descend(rate, decay, momentum, nesterov, g, gAt + whole, v, vAt + whole, w, wAt + whole, rest);
    }

    @Override
    public void adam(
            float rate,
            float scale,
            float decay,
            float beta1,
            float beta2,
            float eps,
            float[] g,
            int gAt,
            float[] m,
            int mAt,
            float[] v,
            int vAt,
            float[] w,
            int wAt,
            int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector pull = FloatVector.broadcast(SPECIES, decay);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector old = FloatVector.fromArray(SPECIES, w, wAt + i);
            FloatVector direction = old.fma(pull, FloatVector.fromArray(SPECIES, g, gAt + i));
            FloatVector mean =
                    FloatVector.fromArray(SPECIES, m, mAt + i).mul(beta1).add(direction.mul(1 - beta1));
            FloatVector square = FloatVector.fromArray(SPECIES, v, vAt + i)
                    .mul(beta2)
                    .add(direction.mul(direction).mul(1 - beta2));
            mean.intoArray(m, mAt + i);
            square.intoArray(v, vAt + i);
            FloatVector step = mean.div(square.sqrt().mul(scale).add(eps));
            old.sub(step.mul(rate)).intoArray(w, wAt + i);
        }
        int rest = length - whole;
        REST.adam(
                rate,
                scale,
                decay,
                beta1,
                beta2,
                eps,
                g,
                gAt + whole,
                m,
                mAt + whole,
                v,
                vAt + whole,
                w,
                wAt + whole,
                rest);
    }
}
