package dev.fovea.vector;

import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.SimdUpdates;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Steps of optimizers in the CPU's widest registers. What does not fill a register at the end is left to plain loops. */
final class VectorUpdates implements SimdUpdates {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final SimdUpdates rest = new ScalarSimd().updates();

    @Override
    public void adadelta(
            float rate,
            float rho,
            float eps,
            float decay,
            float[] g,
            int gAt,
            float[] s,
            int sAt,
            float[] d,
            int dAt,
            float[] w,
            int wAt,
            int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector pull = FloatVector.broadcast(SPECIES, decay);
        FloatVector back = FloatVector.broadcast(SPECIES, -rate);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector old = FloatVector.fromArray(SPECIES, w, wAt + i);
            FloatVector slope = old.fma(pull, FloatVector.fromArray(SPECIES, g, gAt + i));
            FloatVector square = FloatVector.fromArray(SPECIES, s, sAt + i)
                    .mul(rho)
                    .add(slope.mul(slope).mul(1 - rho));
            FloatVector before = FloatVector.fromArray(SPECIES, d, dAt + i);
            FloatVector step =
                    before.add(eps).sqrt().div(square.add(eps).sqrt()).mul(slope);
            square.intoArray(s, sAt + i);
            before.mul(rho).add(step.mul(step).mul(1 - rho)).intoArray(d, dAt + i);
            step.fma(back, old).intoArray(w, wAt + i);
        }
        int left = length - whole;
        rest.adadelta(rate, rho, eps, decay, g, gAt + whole, s, sAt + whole, d, dAt + whole, w, wAt + whole, left);
    }

    @Override
    public void rmsDirection(
            float alpha,
            float eps,
            float decay,
            boolean centered,
            float[] g,
            int gAt,
            float[] s,
            int sAt,
            float[] m,
            int mAt,
            float[] w,
            int wAt,
            float[] u,
            int uAt,
            int length) {
        int whole = SPECIES.loopBound(length);
        FloatVector pull = FloatVector.broadcast(SPECIES, decay);
        if (centered) {
            for (int i = 0; i < whole; i += LANES) {
                FloatVector slope = FloatVector.fromArray(SPECIES, w, wAt + i)
                        .fma(pull, FloatVector.fromArray(SPECIES, g, gAt + i));
                FloatVector square = FloatVector.fromArray(SPECIES, s, sAt + i)
                        .mul(alpha)
                        .add(slope.mul(slope).mul(1 - alpha));
                FloatVector mean =
                        FloatVector.fromArray(SPECIES, m, mAt + i).mul(alpha).add(slope.mul(1 - alpha));
                square.intoArray(s, sAt + i);
                mean.intoArray(m, mAt + i);
                FloatVector deviation = square.sub(mean.mul(mean)).max(0).sqrt();
                slope.div(deviation.add(eps)).intoArray(u, uAt + i);
            }
        } else {
            for (int i = 0; i < whole; i += LANES) {
                FloatVector slope = FloatVector.fromArray(SPECIES, w, wAt + i)
                        .fma(pull, FloatVector.fromArray(SPECIES, g, gAt + i));
                FloatVector square = FloatVector.fromArray(SPECIES, s, sAt + i)
                        .mul(alpha)
                        .add(slope.mul(slope).mul(1 - alpha));
                square.intoArray(s, sAt + i);
                slope.div(square.sqrt().add(eps)).intoArray(u, uAt + i);
            }
        }
        int left = length - whole;
        rest.rmsDirection(
                alpha,
                eps,
                decay,
                centered,
                g,
                gAt + whole,
                s,
                sAt + whole,
                m,
                mAt + whole,
                w,
                wAt + whole,
                u,
                uAt + whole,
                left);
    }
}
