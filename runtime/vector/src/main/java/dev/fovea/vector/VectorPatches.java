package dev.fovea.vector;

import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PatchSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Six pixels at a time in registers, as {@link VectorWinograd} has them, a lane for each channel of a block. */
final class VectorPatches implements PatchSimd {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int SIZE = BlockSimd.SIZE;
    private static final int PATCH = 4 * SIZE;

    @Override
    public void patchRows(int pixels, float[] x, int xAt, int xRow, float[] t, int tAt, int tRow) {
        for (int i = 0; i < pixels * SIZE; i += SIZE) {
            patch(x, xAt + i, xRow, t, tAt + i, tRow);
        }
    }

    @Override
    public void patchColumns(int patches, float[] t, int tAt, float[] v, int vAt, int vStride) {
        for (int i = 0; i < patches; i++) {
            patch(t, tAt + i * PATCH, SIZE, v, vAt + i * SIZE, vStride);
        }
    }

    private static void patch(float[] x, int at, int step, float[] y, int to, int stride) {
        FloatVector d0 = FloatVector.fromArray(SPECIES, x, at);
        FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + step);
        FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + 2 * step);
        FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + 3 * step);
        FloatVector d4 = FloatVector.fromArray(SPECIES, x, at + 4 * step);
        FloatVector d5 = FloatVector.fromArray(SPECIES, x, at + 5 * step);
        FloatVector four = FloatVector.broadcast(SPECIES, 4f);
        FloatVector minusFour = FloatVector.broadcast(SPECIES, -4f);
        FloatVector even = d2.fma(minusFour, d4);
        FloatVector odd = d1.fma(minusFour, d3);
        FloatVector even2 = d4.sub(d2);
        FloatVector odd2 = d3.sub(d1);
        odd2 = odd2.add(odd2);
        d0.fma(four, even.sub(d2)).intoArray(y, to);
        even.add(odd).intoArray(y, to + stride);
        even.sub(odd).intoArray(y, to + 2 * stride);
        even2.add(odd2).intoArray(y, to + 3 * stride);
        even2.sub(odd2).intoArray(y, to + 4 * stride);
        d1.sub(d3).fma(four, d5.sub(d3)).intoArray(y, to + 5 * stride);
    }

    @Override
    public void outputRows(int patches, float[] m, int mAt, int mStride, float[] t, int tAt, int tStride) {
        for (int i = 0; i < patches * SIZE; i += SIZE) {
            FloatVector m0 = FloatVector.fromArray(SPECIES, m, mAt + i);
            FloatVector m1 = FloatVector.fromArray(SPECIES, m, mAt + i + mStride);
            FloatVector m2 = FloatVector.fromArray(SPECIES, m, mAt + i + 2 * mStride);
            FloatVector m3 = FloatVector.fromArray(SPECIES, m, mAt + i + 3 * mStride);
            FloatVector m4 = FloatVector.fromArray(SPECIES, m, mAt + i + 4 * mStride);
            FloatVector m5 = FloatVector.fromArray(SPECIES, m, mAt + i + 5 * mStride);
            FloatVector sum = m1.add(m2);
            FloatVector difference = m1.sub(m2);
            FloatVector sum2 = m3.add(m4);
            FloatVector difference2 = m3.sub(m4);
            m0.add(sum).add(sum2).intoArray(t, tAt + i);
            difference2.fma(FloatVector.broadcast(SPECIES, 2f), difference).intoArray(t, tAt + i + tStride);
            sum2.fma(FloatVector.broadcast(SPECIES, 4f), sum).intoArray(t, tAt + i + 2 * tStride);
            difference2
                    .fma(FloatVector.broadcast(SPECIES, 8f), difference.add(m5))
                    .intoArray(t, tAt + i + 3 * tStride);
        }
    }

    @Override
    public void outputColumns(int patches, float[] t, int tAt, int tStride, int bias, float[] y, int yAt) {
        FloatVector begin = FloatVector.fromArray(SPECIES, t, bias);
        for (int p = 0; p < patches; p++) {
            int at = tAt + p * SIZE;
            int to = yAt + p * PATCH;
            FloatVector m0 = FloatVector.fromArray(SPECIES, t, at);
            FloatVector m1 = FloatVector.fromArray(SPECIES, t, at + tStride);
            FloatVector m2 = FloatVector.fromArray(SPECIES, t, at + 2 * tStride);
            FloatVector m3 = FloatVector.fromArray(SPECIES, t, at + 3 * tStride);
            FloatVector m4 = FloatVector.fromArray(SPECIES, t, at + 4 * tStride);
            FloatVector m5 = FloatVector.fromArray(SPECIES, t, at + 5 * tStride);
            FloatVector sum = m1.add(m2).add(begin);
            FloatVector difference = m1.sub(m2).add(begin);
            FloatVector sum2 = m3.add(m4);
            FloatVector difference2 = m3.sub(m4);
            m0.add(sum).add(sum2).intoArray(y, to);
            difference2.fma(FloatVector.broadcast(SPECIES, 2f), difference).intoArray(y, to + SIZE);
            sum2.fma(FloatVector.broadcast(SPECIES, 4f), sum).intoArray(y, to + 2 * SIZE);
            difference2
                    .fma(FloatVector.broadcast(SPECIES, 8f), difference.add(m5))
                    .intoArray(y, to + 3 * SIZE);
        }
    }
}
