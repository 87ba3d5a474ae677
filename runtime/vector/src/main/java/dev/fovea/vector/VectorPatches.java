package dev.fovea.vector;

import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PatchSimd;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Six pixels at a time in registers, as {@link VectorWinograd} has them, a lane for each channel of a block. Each loop is written out, and so long that the virtual machine does not inline it
 * into its callers: several of them in one piece of code were more than its compiler takes, and what it left out became objects (decision 14).
 */
final class VectorPatches implements PatchSimd {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int SIZE = BlockSimd.SIZE;
    private static final int PATCH_PIXELS = 6;
    /** From one patch to the next. */
    private static final int STEP = 4 * SIZE;

    @Override
    public void patchRows(int pixels, float[] x, int xAt, int xRow, float[] t, int tAt, int tRow) {
        Objects.checkFromIndexSize(xAt, (PATCH_PIXELS - 1) * xRow + pixels * SIZE, x.length);
        Objects.checkFromIndexSize(tAt, (PATCH_PIXELS - 1) * tRow + pixels * SIZE, t.length);
        for (int i = 0; i < pixels * SIZE; i += SIZE) {
            int at = xAt + i;
            int to = tAt + i;
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + xRow);
            FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + 2 * xRow);
            FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + 3 * xRow);
            FloatVector d4 = FloatVector.fromArray(SPECIES, x, at + 4 * xRow);
            FloatVector d5 = FloatVector.fromArray(SPECIES, x, at + 5 * xRow);
            FloatVector four = FloatVector.broadcast(SPECIES, 4f);
            FloatVector minusFour = FloatVector.broadcast(SPECIES, -4f);
            FloatVector even = d2.fma(minusFour, d4);
            FloatVector odd = d1.fma(minusFour, d3);
            FloatVector even2 = d4.sub(d2);
            FloatVector odd2 = d3.sub(d1);
            odd2 = odd2.add(odd2);
            d0.fma(four, even.sub(d2)).intoArray(t, to);
            even.add(odd).intoArray(t, to + tRow);
            even.sub(odd).intoArray(t, to + 2 * tRow);
            even2.add(odd2).intoArray(t, to + 3 * tRow);
            even2.sub(odd2).intoArray(t, to + 4 * tRow);
            d1.sub(d3).fma(four, d5.sub(d3)).intoArray(t, to + 5 * tRow);
        }
    }

    @Override
    public void patchColumns(int patches, float[] t, int tAt, float[] v, int vAt, int vStride) {
        Objects.checkFromIndexSize(tAt, patches * STEP + (PATCH_PIXELS - 4) * SIZE, t.length);
        Objects.checkFromIndexSize(vAt, (PATCH_PIXELS - 1) * vStride + patches * SIZE, v.length);
        for (int p = 0; p < patches; p++) {
            int at = tAt + p * STEP;
            int to = vAt + p * SIZE;
            FloatVector d0 = FloatVector.fromArray(SPECIES, t, at);
            FloatVector d1 = FloatVector.fromArray(SPECIES, t, at + SIZE);
            FloatVector d2 = FloatVector.fromArray(SPECIES, t, at + 2 * SIZE);
            FloatVector d3 = FloatVector.fromArray(SPECIES, t, at + 3 * SIZE);
            FloatVector d4 = FloatVector.fromArray(SPECIES, t, at + 4 * SIZE);
            FloatVector d5 = FloatVector.fromArray(SPECIES, t, at + 5 * SIZE);
            FloatVector four = FloatVector.broadcast(SPECIES, 4f);
            FloatVector minusFour = FloatVector.broadcast(SPECIES, -4f);
            FloatVector even = d2.fma(minusFour, d4);
            FloatVector odd = d1.fma(minusFour, d3);
            FloatVector even2 = d4.sub(d2);
            FloatVector odd2 = d3.sub(d1);
            odd2 = odd2.add(odd2);
            d0.fma(four, even.sub(d2)).intoArray(v, to);
            even.add(odd).intoArray(v, to + vStride);
            even.sub(odd).intoArray(v, to + 2 * vStride);
            even2.add(odd2).intoArray(v, to + 3 * vStride);
            even2.sub(odd2).intoArray(v, to + 4 * vStride);
            d1.sub(d3).fma(four, d5.sub(d3)).intoArray(v, to + 5 * vStride);
        }
    }

    @Override
    public void outputRows(int patches, float[] m, int mAt, int mStride, float[] t, int tAt, int tStride) {
        if (patches < 0) {
            throw new IllegalArgumentException(patches + " patches");
        }
        Objects.checkFromIndexSize(mAt, (PATCH_PIXELS - 1) * mStride + patches * SIZE, m.length);
        Objects.checkFromIndexSize(tAt, 3 * tStride + patches * SIZE, t.length);
        for (int i = 0; i < patches * SIZE; i += SIZE) {
            FloatVector m0 = FloatVector.fromArray(SPECIES, m, mAt + i);
            FloatVector m1 = FloatVector.fromArray(SPECIES, m, mAt + i + mStride);
            FloatVector m2 = FloatVector.fromArray(SPECIES, m, mAt + i + 2 * mStride);
            FloatVector m3 = FloatVector.fromArray(SPECIES, m, mAt + i + 3 * mStride);
            FloatVector m4 = FloatVector.fromArray(SPECIES, m, mAt + i + 4 * mStride);
            FloatVector m5 = FloatVector.fromArray(SPECIES, m, mAt + i + 5 * mStride);
            FloatVector two = FloatVector.broadcast(SPECIES, 2f);
            FloatVector four = FloatVector.broadcast(SPECIES, 4f);
            FloatVector eight = FloatVector.broadcast(SPECIES, 8f);
            FloatVector sum = m1.add(m2);
            FloatVector difference = m1.sub(m2);
            FloatVector sum2 = m3.add(m4);
            FloatVector difference2 = m3.sub(m4);
            m0.add(sum).add(sum2).intoArray(t, tAt + i);
            difference2.fma(two, difference).intoArray(t, tAt + i + tStride);
            sum2.fma(four, sum).intoArray(t, tAt + i + 2 * tStride);
            difference2.fma(eight, difference.add(m5)).intoArray(t, tAt + i + 3 * tStride);
        }
    }

    @Override
    public void outputColumns(int patches, float[] t, int tAt, int tStride, int bias, float[] y, int yAt) {
        if (patches < 0) {
            throw new IllegalArgumentException(patches + " patches");
        }
        Objects.checkFromIndexSize(tAt, (PATCH_PIXELS - 1) * tStride + patches * SIZE, t.length);
        Objects.checkFromIndexSize(yAt, patches * STEP, y.length);
        Objects.checkFromIndexSize(bias, SIZE, t.length);
        FloatVector begin = FloatVector.fromArray(SPECIES, t, bias);
        for (int p = 0; p < patches; p++) {
            int at = tAt + p * SIZE;
            int to = yAt + p * STEP;
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

    @Override
    public void gradientRows(int pixels, int width, float[] x, int xAt, int xRow, float[] t, int tAt, int tRow) {
        if (pixels < 0 || pixels > width) {
            throw new IllegalArgumentException(pixels + " pixels of " + width);
        }
        Objects.checkFromIndexSize(xAt, 3 * xRow + pixels * SIZE, x.length);
        Objects.checkFromIndexSize(tAt, (PATCH_PIXELS - 1) * tRow + width * SIZE, t.length);
        for (int i = 0; i < pixels * SIZE; i += SIZE) {
            int at = xAt + i;
            int to = tAt + i;
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, at);
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + xRow);
            FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + 2 * xRow);
            FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + 3 * xRow);
            FloatVector four = FloatVector.broadcast(SPECIES, 4f);
            FloatVector even = d0.add(d2);
            FloatVector odd = d1.add(d3);
            FloatVector even2 = d2.fma(four, d0);
            FloatVector odd2 = d3.fma(four, d1);
            odd2 = odd2.add(odd2);
            d0.intoArray(t, to);
            even.add(odd).intoArray(t, to + tRow);
            even.sub(odd).intoArray(t, to + 2 * tRow);
            even2.add(odd2).intoArray(t, to + 3 * tRow);
            even2.sub(odd2).intoArray(t, to + 4 * tRow);
            d3.intoArray(t, to + 5 * tRow);
        }
        for (int row = 0; pixels < width && row < PATCH_PIXELS; row++) {
            Arrays.fill(t, tAt + row * tRow + pixels * SIZE, tAt + row * tRow + width * SIZE, 0f);
        }
    }

    @Override
    public void gradientColumns(int patches, float[] t, int tAt, int tRow, float[] e, int eAt, int eStride) {
        if (patches < 0) {
            throw new IllegalArgumentException(patches + " patches");
        }
        Objects.checkFromIndexSize(tAt, (PATCH_PIXELS - 1) * tRow + patches * STEP, t.length);
        Objects.checkFromIndexSize(eAt, (PATCH_PIXELS * PATCH_PIXELS - 1) * eStride + patches * SIZE, e.length);
        for (int row = 0; row < PATCH_PIXELS; row++) {
            for (int p = 0; p < patches; p++) {
                int at = tAt + row * tRow + p * STEP;
                int to = eAt + row * PATCH_PIXELS * eStride + p * SIZE;
                FloatVector d0 = FloatVector.fromArray(SPECIES, t, at);
                FloatVector d1 = FloatVector.fromArray(SPECIES, t, at + SIZE);
                FloatVector d2 = FloatVector.fromArray(SPECIES, t, at + 2 * SIZE);
                FloatVector d3 = FloatVector.fromArray(SPECIES, t, at + 3 * SIZE);
                FloatVector four = FloatVector.broadcast(SPECIES, 4f);
                FloatVector even = d0.add(d2);
                FloatVector odd = d1.add(d3);
                FloatVector even2 = d2.fma(four, d0);
                FloatVector odd2 = d3.fma(four, d1);
                odd2 = odd2.add(odd2);
                d0.intoArray(e, to);
                even.add(odd).intoArray(e, to + eStride);
                even.sub(odd).intoArray(e, to + 2 * eStride);
                even2.add(odd2).intoArray(e, to + 3 * eStride);
                even2.sub(odd2).intoArray(e, to + 4 * eStride);
                d3.intoArray(e, to + 5 * eStride);
            }
        }
    }
}
