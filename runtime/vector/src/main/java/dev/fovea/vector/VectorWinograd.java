package dev.fovea.vector;

import dev.fovea.runtime.simd.WinogradSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Six elements at a time in registers, a lane for each column. */
final class VectorWinograd implements WinogradSimd {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public int kernelGroup() {
        return LANES;
    }

    @Override
    public int rowFloats(int patches) {
        return OUTPUTS * parted(patches)
                + 2 * LANES; // what is written behind the last patch: two columns and less than a register
    }

    @Override
    public int partedFloats(int patches) {
        return PATCH * partStride(patches) + LANES;
    }

    /** Patches whose columns are parted, in whole registers. */
    private static int parted(int patches) {
        return (patches + LANES - 1) / LANES * LANES;
    }

    private static int partStride(int patches) {
        return PATCH * parted(patches);
    }

    @Override
    public void patchRows(float[] d, int[] rows, int length, float[] t, int tAt, int tStride, int zerosAt) {
        float[] d0 = rows[0] < 0 ? t : d;
        float[] d1 = rows[1] < 0 ? t : d;
        float[] d2 = rows[2] < 0 ? t : d;
        float[] d3 = rows[3] < 0 ? t : d;
        float[] d4 = rows[4] < 0 ? t : d;
        float[] d5 = rows[5] < 0 ? t : d;
        int at0 = rows[0] < 0 ? zerosAt : rows[0];
        int at1 = rows[1] < 0 ? zerosAt : rows[1];
        int at2 = rows[2] < 0 ? zerosAt : rows[2];
        int at3 = rows[3] < 0 ? zerosAt : rows[3];
        int at4 = rows[4] < 0 ? zerosAt : rows[4];
        int at5 = rows[5] < 0 ? zerosAt : rows[5];
        for (int x = 0; x < length; x += LANES) {
            patch(d0, at0 + x, d1, at1 + x, d2, at2 + x, d3, at3 + x, d4, at4 + x, d5, at5 + x, t, tAt + x, tStride);
        }
    }

    @Override
    public void patches(
            float[] t,
            int tAt,
            int patches,
            int[] lasts,
            int runs,
            int endsAt,
            float[] parted,
            int partedAt,
            int[] pieces,
            int pieceCount,
            float[] v,
            int vAt,
            int positionStride) {
        int part = partStride(patches);
        int columns = parted(patches);
        int rowStride = rowFloats(patches);
        for (int i = 0; i < PATCH; i++) {
            Quarters.part(t, tAt + i * rowStride, parted, partedAt + i * columns, part, columns);
        }
        lastColumns(t, lasts, runs, endsAt, parted, partedAt, part);
        for (int i = 0; i < PATCH; i++) {
            int from = partedAt + i * columns;
            int to = vAt + i * PATCH * positionStride;
            for (int pair = 0; pair < 2 * pieceCount; pair += 2) {
                int at = from + pieces[pair];
                patch(
                        parted,
                        at,
                        parted,
                        at + part,
                        parted,
                        at + 2 * part,
                        parted,
                        at + 3 * part,
                        parted,
                        at + 4 * part,
                        parted,
                        at + 5 * part,
                        v,
                        to + pieces[pair + 1],
                        positionStride);
            }
        }
    }

    /** The fifth and sixth column of each patch: the next one's first and second but at the ends of runs. */
    private static void lastColumns(
            float[] t, int[] lasts, int runs, int endsAt, float[] parted, int partedAt, int part) {
        int fifth = partedAt + 4 * part;
        int columns = part / PATCH;
        for (int x = 0; x < part; x += LANES) {
            FloatVector.fromArray(SPECIES, parted, partedAt + x + 1).intoArray(parted, fifth + x);
            FloatVector.fromArray(SPECIES, parted, partedAt + part + x + 1).intoArray(parted, fifth + part + x);
        }
        for (int run = 0; run < runs; run++) {
            int to = fifth + lasts[run];
            int from = endsAt + 2 * PATCH * run;
            for (int i = 0; i < PATCH; i++) {
                parted[to + i * columns] = t[from + 2 * i];
                parted[to + i * columns + part] = t[from + 2 * i + 1];
            }
        }
    }

    private static void patch(
            float[] x0,
            int at0,
            float[] x1,
            int at1,
            float[] x2,
            int at2,
            float[] x3,
            int at3,
            float[] x4,
            int at4,
            float[] x5,
            int at5,
            float[] y,
            int yAt,
            int yStep) {
        FloatVector d0 = FloatVector.fromArray(SPECIES, x0, at0);
        FloatVector d1 = FloatVector.fromArray(SPECIES, x1, at1);
        FloatVector d2 = FloatVector.fromArray(SPECIES, x2, at2);
        FloatVector d3 = FloatVector.fromArray(SPECIES, x3, at3);
        FloatVector d4 = FloatVector.fromArray(SPECIES, x4, at4);
        FloatVector d5 = FloatVector.fromArray(SPECIES, x5, at5);
        FloatVector four = FloatVector.broadcast(SPECIES, 4f);
        FloatVector minusFour = FloatVector.broadcast(SPECIES, -4f);
        FloatVector even = d2.fma(minusFour, d4);
        FloatVector odd = d1.fma(minusFour, d3);
        FloatVector even2 = d4.sub(d2);
        FloatVector odd2 = d3.sub(d1);
        odd2 = odd2.add(odd2);
        d0.fma(four, even.sub(d2)).intoArray(y, yAt);
        even.add(odd).intoArray(y, yAt + yStep);
        even.sub(odd).intoArray(y, yAt + 2 * yStep);
        even2.add(odd2).intoArray(y, yAt + 3 * yStep);
        even2.sub(odd2).intoArray(y, yAt + 4 * yStep);
        d1.sub(d3).fma(four, d5.sub(d3)).intoArray(y, yAt + 5 * yStep);
    }

    @Override
    public void kernels(float[] g, int gAt, float[] u, int uAt, int positionStride) {
        VectorKernels.transform(g, gAt, u, uAt, positionStride);
    }

    @Override
    public void outputs(float[] m, int mAt, int positionStride, int width, float first, float[] y, int yAt) {
        int row = PATCH * positionStride;
        for (int column = 0; column < width; column += LANES) {
            for (int j = 0; j < PATCH; j++) {
                int at = mAt + j * positionStride + column;
                output(m, at, row);
            }
            for (int i = 0; i < OUTPUTS; i++) {
                outputRow(m, mAt + i * row + column, positionStride, first, y, yAt + OUTPUTS * (i * width + column));
            }
        }
    }

    @Override
    public void outputGradients(float[] dy, int dyAt, int width, float[] e, int eAt, int positionStride) {
        int row = PATCH * positionStride;
        for (int column = 0; column < width; column += LANES) {
            for (int step = 0; step < OUTPUTS + PATCH; step++) {
                int i = step - OUTPUTS;
                boolean first = i < 0;
                int at = first ? dyAt + step * width + column : eAt + i * row + column;
                int to = first ? eAt + step * positionStride + column : at;
                int stride = first ? OUTPUTS * width : positionStride;
                outputGradient(first ? dy : e, at, stride, e, to, first ? row : positionStride);
            }
        }
    }

    private static void outputGradient(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep) {
        FloatVector x0 = FloatVector.fromArray(SPECIES, x, xAt);
        FloatVector x1 = FloatVector.fromArray(SPECIES, x, xAt + xStep);
        FloatVector x2 = FloatVector.fromArray(SPECIES, x, xAt + 2 * xStep);
        FloatVector x3 = FloatVector.fromArray(SPECIES, x, xAt + 3 * xStep);
        FloatVector four = FloatVector.broadcast(SPECIES, 4f);
        FloatVector even = x0.add(x2);
        FloatVector odd = x1.add(x3);
        FloatVector even2 = x2.fma(four, x0);
        FloatVector odd2 = x3.fma(four, x1);
        odd2 = odd2.add(odd2);
        x0.intoArray(y, yAt);
        even.add(odd).intoArray(y, yAt + yStep);
        even.sub(odd).intoArray(y, yAt + 2 * yStep);
        even2.add(odd2).intoArray(y, yAt + 3 * yStep);
        even2.sub(odd2).intoArray(y, yAt + 4 * yStep);
        x3.intoArray(y, yAt + 5 * yStep);
    }

    @Override
    public void kernelGradients(float[] s, int sAt, int positionStride, int width, float[] dg, int dgAt) {
        int row = PATCH * positionStride;
        for (int column = 0; column < width; column += LANES) {
            for (int step = 0; step < PATCH + KERNEL; step++) {
                int i = step - PATCH;
                boolean first = i < 0;
                int at = first ? sAt + step * positionStride + column : sAt + i * row + column;
                int to = first ? at : dgAt + i * KERNEL * width + column;
                int stride = first ? row : positionStride;
                kernelGradient(s, at, stride, first ? s : dg, to, first ? row : width);
            }
        }
    }

    private static void kernelGradient(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, x, xAt);
        FloatVector s1 = FloatVector.fromArray(SPECIES, x, xAt + xStep);
        FloatVector s2 = FloatVector.fromArray(SPECIES, x, xAt + 2 * xStep);
        FloatVector s3 = FloatVector.fromArray(SPECIES, x, xAt + 3 * xStep);
        FloatVector s4 = FloatVector.fromArray(SPECIES, x, xAt + 4 * xStep);
        FloatVector s5 = FloatVector.fromArray(SPECIES, x, xAt + 5 * xStep);
        FloatVector sum = s1.add(s2).mul(1f / 6);
        FloatVector difference = s2.sub(s1).mul(1f / 6);
        FloatVector sum2 = s3.add(s4);
        FloatVector difference2 = s3.sub(s4);
        sum2.mul(1f / 24).add(s0.mul(0.25f).sub(sum)).intoArray(y, yAt);
        difference2.mul(1f / 12).add(difference).intoArray(y, yAt + yStep);
        sum2.mul(1f / 6).sub(sum).add(s5).intoArray(y, yAt + 2 * yStep);
    }

    private static void output(float[] x, int xAt, int xStep) {
        FloatVector m0 = FloatVector.fromArray(SPECIES, x, xAt);
        FloatVector m1 = FloatVector.fromArray(SPECIES, x, xAt + xStep);
        FloatVector m2 = FloatVector.fromArray(SPECIES, x, xAt + 2 * xStep);
        FloatVector m3 = FloatVector.fromArray(SPECIES, x, xAt + 3 * xStep);
        FloatVector m4 = FloatVector.fromArray(SPECIES, x, xAt + 4 * xStep);
        FloatVector m5 = FloatVector.fromArray(SPECIES, x, xAt + 5 * xStep);
        FloatVector sum = m1.add(m2);
        FloatVector difference = m1.sub(m2);
        FloatVector sum2 = m3.add(m4);
        FloatVector difference2 = m3.sub(m4);
        m0.add(sum).add(sum2).intoArray(x, xAt);
        difference2.fma(FloatVector.broadcast(SPECIES, 2f), difference).intoArray(x, xAt + xStep);
        sum2.fma(FloatVector.broadcast(SPECIES, 4f), sum).intoArray(x, xAt + 2 * xStep);
        difference2.fma(FloatVector.broadcast(SPECIES, 8f), difference.add(m5)).intoArray(x, xAt + 3 * xStep);
    }

    /** The same along a row, with the patches' outputs put side by side. */
    private static void outputRow(float[] x, int xAt, int xStep, float first, float[] y, int yAt) {
        FloatVector m0 = FloatVector.fromArray(SPECIES, x, xAt);
        FloatVector m1 = FloatVector.fromArray(SPECIES, x, xAt + xStep);
        FloatVector m2 = FloatVector.fromArray(SPECIES, x, xAt + 2 * xStep);
        FloatVector m3 = FloatVector.fromArray(SPECIES, x, xAt + 3 * xStep);
        FloatVector m4 = FloatVector.fromArray(SPECIES, x, xAt + 4 * xStep);
        FloatVector m5 = FloatVector.fromArray(SPECIES, x, xAt + 5 * xStep);
        FloatVector begin = FloatVector.broadcast(SPECIES, first);
        FloatVector sum = m1.add(m2).add(begin);
        FloatVector difference = m1.sub(m2).add(begin);
        FloatVector sum2 = m3.add(m4);
        FloatVector difference2 = m3.sub(m4);
        FloatVector y0 = m0.add(sum).add(sum2).rearrange(Quarters.TRANSPOSED);
        FloatVector y1 =
                difference2.fma(FloatVector.broadcast(SPECIES, 2f), difference).rearrange(Quarters.TRANSPOSED);
        FloatVector y2 = sum2.fma(FloatVector.broadcast(SPECIES, 4f), sum).rearrange(Quarters.TRANSPOSED);
        FloatVector y3 = difference2
                .fma(FloatVector.broadcast(SPECIES, 8f), difference.add(m5))
                .rearrange(Quarters.TRANSPOSED);
        FloatVector y01 = y0.blend(Quarters.up(y1), Quarters.SECOND);
        FloatVector y10 = Quarters.down(y0).blend(y1, Quarters.SECOND);
        FloatVector y23 = y2.blend(Quarters.up(y3), Quarters.SECOND);
        FloatVector y32 = Quarters.down(y2).blend(y3, Quarters.SECOND);
        y01.blend(y23.rearrange(Quarters.NEIGHBOURS), Quarters.SECONDS).intoArray(y, yAt);
        y10.blend(y32.rearrange(Quarters.NEIGHBOURS), Quarters.SECONDS).intoArray(y, yAt + LANES);
        y01.rearrange(Quarters.NEIGHBOURS).blend(y23, Quarters.SECONDS).intoArray(y, yAt + 2 * LANES);
        y10.rearrange(Quarters.NEIGHBOURS).blend(y32, Quarters.SECONDS).intoArray(y, yAt + 3 * LANES);
    }
}
