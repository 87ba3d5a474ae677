package dev.fovea.vector;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tiles of {@link VectorRows}: some channels by some pieces of a row, eight sums in registers where there are two channels or more. Two terms a turn
 * share the arithmetic of addresses; with five, or with six channels, sums move to memory and back. With the fences that {@link FencedTiles} explains.
 */
final class RowTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private static final int TERMS = 2;

    private RowTiles() {}

    /** Four channels of two pieces; {@code x1} and {@code y1} are where the second lies behind the first. */
    static void four(
            float[] w,
            int wAt,
            float[] bias,
            int biasAt,
            int[] offsets,
            int first,
            int terms,
            float[] x,
            int xAt,
            int xStep,
            int x1,
            float[] y,
            int yAt,
            int yStep,
            int y1,
            int yStride,
            int rows) {
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            FloatVector c00 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c01 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c10 = FloatVector.broadcast(SPECIES, bias[biasAt + 1]);
            FloatVector c11 = FloatVector.broadcast(SPECIES, bias[biasAt + 1]);
            FloatVector c20 = FloatVector.broadcast(SPECIES, bias[biasAt + 2]);
            FloatVector c21 = FloatVector.broadcast(SPECIES, bias[biasAt + 2]);
            FloatVector c30 = FloatVector.broadcast(SPECIES, bias[biasAt + 3]);
            FloatVector c31 = FloatVector.broadcast(SPECIES, bias[biasAt + 3]);
            int k = 0;
            for (; k <= terms - TERMS; k += TERMS) {
                int atp = from + offsets[first + k];
                FloatVector bp0 = FloatVector.fromArray(SPECIES, x, atp);
                FloatVector bp1 = FloatVector.fromArray(SPECIES, x, atp + x1);
                FloatVector wp0 = FloatVector.broadcast(SPECIES, w[wAt + k * 4]);
                c00 = wp0.fma(bp0, c00);
                c01 = wp0.fma(bp1, c01);
                VarHandle.loadLoadFence();
                FloatVector wp1 = FloatVector.broadcast(SPECIES, w[wAt + k * 4 + 1]);
                c10 = wp1.fma(bp0, c10);
                c11 = wp1.fma(bp1, c11);
                VarHandle.loadLoadFence();
                FloatVector wp2 = FloatVector.broadcast(SPECIES, w[wAt + k * 4 + 2]);
                c20 = wp2.fma(bp0, c20);
                c21 = wp2.fma(bp1, c21);
                VarHandle.loadLoadFence();
                FloatVector wp3 = FloatVector.broadcast(SPECIES, w[wAt + k * 4 + 3]);
                c30 = wp3.fma(bp0, c30);
                c31 = wp3.fma(bp1, c31);
                VarHandle.loadLoadFence();
                int atq = from + offsets[first + k + 1];
                FloatVector bq0 = FloatVector.fromArray(SPECIES, x, atq);
                FloatVector bq1 = FloatVector.fromArray(SPECIES, x, atq + x1);
                FloatVector wq0 = FloatVector.broadcast(SPECIES, w[wAt + k * 4 + 4]);
                c00 = wq0.fma(bq0, c00);
                c01 = wq0.fma(bq1, c01);
                VarHandle.loadLoadFence();
                FloatVector wq1 = FloatVector.broadcast(SPECIES, w[wAt + k * 4 + 5]);
                c10 = wq1.fma(bq0, c10);
                c11 = wq1.fma(bq1, c11);
                VarHandle.loadLoadFence();
                FloatVector wq2 = FloatVector.broadcast(SPECIES, w[wAt + k * 4 + 6]);
                c20 = wq2.fma(bq0, c20);
                c21 = wq2.fma(bq1, c21);
                VarHandle.loadLoadFence();
                FloatVector wq3 = FloatVector.broadcast(SPECIES, w[wAt + k * 4 + 7]);
                c30 = wq3.fma(bq0, c30);
                c31 = wq3.fma(bq1, c31);
                VarHandle.loadLoadFence();
            }
            if (k < terms) {
                int at = from + offsets[first + k];
                FloatVector b0 = FloatVector.fromArray(SPECIES, x, at);
                FloatVector b1 = FloatVector.fromArray(SPECIES, x, at + x1);
                FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt + k * 4]);
                c00 = w0.fma(b0, c00);
                c01 = w0.fma(b1, c01);
                VarHandle.loadLoadFence();
                FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + k * 4 + 1]);
                c10 = w1.fma(b0, c10);
                c11 = w1.fma(b1, c11);
                VarHandle.loadLoadFence();
                FloatVector w2 = FloatVector.broadcast(SPECIES, w[wAt + k * 4 + 2]);
                c20 = w2.fma(b0, c20);
                c21 = w2.fma(b1, c21);
                VarHandle.loadLoadFence();
                FloatVector w3 = FloatVector.broadcast(SPECIES, w[wAt + k * 4 + 3]);
                c30 = w3.fma(b0, c30);
                c31 = w3.fma(b1, c31);
                VarHandle.loadLoadFence();
            }
            int to = yAt + row * yStep;
            c00.intoArray(y, to);
            c01.intoArray(y, to + y1);
            c10.intoArray(y, to + yStride);
            c11.intoArray(y, to + yStride + y1);
            c20.intoArray(y, to + 2 * yStride);
            c21.intoArray(y, to + 2 * yStride + y1);
            c30.intoArray(y, to + 3 * yStride);
            c31.intoArray(y, to + 3 * yStride + y1);
        }
    }

    /** Six channels of two pieces, for where there are 32 registers. */
    static void six(
            float[] w,
            int wAt,
            float[] bias,
            int biasAt,
            int[] offsets,
            int first,
            int terms,
            float[] x,
            int xAt,
            int xStep,
            int x1,
            float[] y,
            int yAt,
            int yStep,
            int y1,
            int yStride,
            int rows) {
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            FloatVector c00 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c01 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c10 = FloatVector.broadcast(SPECIES, bias[biasAt + 1]);
            FloatVector c11 = FloatVector.broadcast(SPECIES, bias[biasAt + 1]);
            FloatVector c20 = FloatVector.broadcast(SPECIES, bias[biasAt + 2]);
            FloatVector c21 = FloatVector.broadcast(SPECIES, bias[biasAt + 2]);
            FloatVector c30 = FloatVector.broadcast(SPECIES, bias[biasAt + 3]);
            FloatVector c31 = FloatVector.broadcast(SPECIES, bias[biasAt + 3]);
            FloatVector c40 = FloatVector.broadcast(SPECIES, bias[biasAt + 4]);
            FloatVector c41 = FloatVector.broadcast(SPECIES, bias[biasAt + 4]);
            FloatVector c50 = FloatVector.broadcast(SPECIES, bias[biasAt + 5]);
            FloatVector c51 = FloatVector.broadcast(SPECIES, bias[biasAt + 5]);
            int k = 0;
            for (; k <= terms - TERMS; k += TERMS) {
                int atp = from + offsets[first + k];
                FloatVector bp0 = FloatVector.fromArray(SPECIES, x, atp);
                FloatVector bp1 = FloatVector.fromArray(SPECIES, x, atp + x1);
                FloatVector wp0 = FloatVector.broadcast(SPECIES, w[wAt + k * 6]);
                c00 = wp0.fma(bp0, c00);
                c01 = wp0.fma(bp1, c01);
                VarHandle.loadLoadFence();
                FloatVector wp1 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 1]);
                c10 = wp1.fma(bp0, c10);
                c11 = wp1.fma(bp1, c11);
                VarHandle.loadLoadFence();
                FloatVector wp2 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 2]);
                c20 = wp2.fma(bp0, c20);
                c21 = wp2.fma(bp1, c21);
                VarHandle.loadLoadFence();
                FloatVector wp3 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 3]);
                c30 = wp3.fma(bp0, c30);
                c31 = wp3.fma(bp1, c31);
                VarHandle.loadLoadFence();
                FloatVector wp4 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 4]);
                c40 = wp4.fma(bp0, c40);
                c41 = wp4.fma(bp1, c41);
                VarHandle.loadLoadFence();
                FloatVector wp5 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 5]);
                c50 = wp5.fma(bp0, c50);
                c51 = wp5.fma(bp1, c51);
                VarHandle.loadLoadFence();
                int atq = from + offsets[first + k + 1];
                FloatVector bq0 = FloatVector.fromArray(SPECIES, x, atq);
                FloatVector bq1 = FloatVector.fromArray(SPECIES, x, atq + x1);
                FloatVector wq0 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 6]);
                c00 = wq0.fma(bq0, c00);
                c01 = wq0.fma(bq1, c01);
                VarHandle.loadLoadFence();
                FloatVector wq1 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 7]);
                c10 = wq1.fma(bq0, c10);
                c11 = wq1.fma(bq1, c11);
                VarHandle.loadLoadFence();
                FloatVector wq2 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 8]);
                c20 = wq2.fma(bq0, c20);
                c21 = wq2.fma(bq1, c21);
                VarHandle.loadLoadFence();
                FloatVector wq3 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 9]);
                c30 = wq3.fma(bq0, c30);
                c31 = wq3.fma(bq1, c31);
                VarHandle.loadLoadFence();
                FloatVector wq4 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 10]);
                c40 = wq4.fma(bq0, c40);
                c41 = wq4.fma(bq1, c41);
                VarHandle.loadLoadFence();
                FloatVector wq5 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 11]);
                c50 = wq5.fma(bq0, c50);
                c51 = wq5.fma(bq1, c51);
                VarHandle.loadLoadFence();
            }
            if (k < terms) {
                int at = from + offsets[first + k];
                FloatVector b0 = FloatVector.fromArray(SPECIES, x, at);
                FloatVector b1 = FloatVector.fromArray(SPECIES, x, at + x1);
                FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt + k * 6]);
                c00 = w0.fma(b0, c00);
                c01 = w0.fma(b1, c01);
                VarHandle.loadLoadFence();
                FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 1]);
                c10 = w1.fma(b0, c10);
                c11 = w1.fma(b1, c11);
                VarHandle.loadLoadFence();
                FloatVector w2 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 2]);
                c20 = w2.fma(b0, c20);
                c21 = w2.fma(b1, c21);
                VarHandle.loadLoadFence();
                FloatVector w3 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 3]);
                c30 = w3.fma(b0, c30);
                c31 = w3.fma(b1, c31);
                VarHandle.loadLoadFence();
                FloatVector w4 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 4]);
                c40 = w4.fma(b0, c40);
                c41 = w4.fma(b1, c41);
                VarHandle.loadLoadFence();
                FloatVector w5 = FloatVector.broadcast(SPECIES, w[wAt + k * 6 + 5]);
                c50 = w5.fma(b0, c50);
                c51 = w5.fma(b1, c51);
                VarHandle.loadLoadFence();
            }
            int to = yAt + row * yStep;
            c00.intoArray(y, to);
            c01.intoArray(y, to + y1);
            c10.intoArray(y, to + yStride);
            c11.intoArray(y, to + yStride + y1);
            c20.intoArray(y, to + 2 * yStride);
            c21.intoArray(y, to + 2 * yStride + y1);
            c30.intoArray(y, to + 3 * yStride);
            c31.intoArray(y, to + 3 * yStride + y1);
            c40.intoArray(y, to + 4 * yStride);
            c41.intoArray(y, to + 4 * yStride + y1);
            c50.intoArray(y, to + 5 * yStride);
            c51.intoArray(y, to + 5 * yStride + y1);
        }
    }

    /** Two channels of four pieces. */
    static void two(
            float[] w,
            int wAt,
            float[] bias,
            int biasAt,
            int[] offsets,
            int first,
            int terms,
            float[] x,
            int xAt,
            int xStep,
            int x1,
            int x2,
            int x3,
            float[] y,
            int yAt,
            int yStep,
            int y1,
            int y2,
            int y3,
            int yStride,
            int rows) {
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            FloatVector c00 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c01 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c02 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c03 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c10 = FloatVector.broadcast(SPECIES, bias[biasAt + 1]);
            FloatVector c11 = FloatVector.broadcast(SPECIES, bias[biasAt + 1]);
            FloatVector c12 = FloatVector.broadcast(SPECIES, bias[biasAt + 1]);
            FloatVector c13 = FloatVector.broadcast(SPECIES, bias[biasAt + 1]);
            int k = 0;
            for (; k <= terms - TERMS; k += TERMS) {
                int atp = from + offsets[first + k];
                FloatVector wp0 = FloatVector.broadcast(SPECIES, w[wAt + k * 2]);
                FloatVector wp1 = FloatVector.broadcast(SPECIES, w[wAt + k * 2 + 1]);
                FloatVector bp0 = FloatVector.fromArray(SPECIES, x, atp);
                c00 = wp0.fma(bp0, c00);
                c10 = wp1.fma(bp0, c10);
                VarHandle.loadLoadFence();
                FloatVector bp1 = FloatVector.fromArray(SPECIES, x, atp + x1);
                c01 = wp0.fma(bp1, c01);
                c11 = wp1.fma(bp1, c11);
                VarHandle.loadLoadFence();
                FloatVector bp2 = FloatVector.fromArray(SPECIES, x, atp + x2);
                c02 = wp0.fma(bp2, c02);
                c12 = wp1.fma(bp2, c12);
                VarHandle.loadLoadFence();
                FloatVector bp3 = FloatVector.fromArray(SPECIES, x, atp + x3);
                c03 = wp0.fma(bp3, c03);
                c13 = wp1.fma(bp3, c13);
                VarHandle.loadLoadFence();
                int atq = from + offsets[first + k + 1];
                FloatVector wq0 = FloatVector.broadcast(SPECIES, w[wAt + k * 2 + 2]);
                FloatVector wq1 = FloatVector.broadcast(SPECIES, w[wAt + k * 2 + 3]);
                FloatVector bq0 = FloatVector.fromArray(SPECIES, x, atq);
                c00 = wq0.fma(bq0, c00);
                c10 = wq1.fma(bq0, c10);
                VarHandle.loadLoadFence();
                FloatVector bq1 = FloatVector.fromArray(SPECIES, x, atq + x1);
                c01 = wq0.fma(bq1, c01);
                c11 = wq1.fma(bq1, c11);
                VarHandle.loadLoadFence();
                FloatVector bq2 = FloatVector.fromArray(SPECIES, x, atq + x2);
                c02 = wq0.fma(bq2, c02);
                c12 = wq1.fma(bq2, c12);
                VarHandle.loadLoadFence();
                FloatVector bq3 = FloatVector.fromArray(SPECIES, x, atq + x3);
                c03 = wq0.fma(bq3, c03);
                c13 = wq1.fma(bq3, c13);
                VarHandle.loadLoadFence();
            }
            if (k < terms) {
                int at = from + offsets[first + k];
                FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt + k * 2]);
                FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + k * 2 + 1]);
                FloatVector b0 = FloatVector.fromArray(SPECIES, x, at);
                c00 = w0.fma(b0, c00);
                c10 = w1.fma(b0, c10);
                VarHandle.loadLoadFence();
                FloatVector b1 = FloatVector.fromArray(SPECIES, x, at + x1);
                c01 = w0.fma(b1, c01);
                c11 = w1.fma(b1, c11);
                VarHandle.loadLoadFence();
                FloatVector b2 = FloatVector.fromArray(SPECIES, x, at + x2);
                c02 = w0.fma(b2, c02);
                c12 = w1.fma(b2, c12);
                VarHandle.loadLoadFence();
                FloatVector b3 = FloatVector.fromArray(SPECIES, x, at + x3);
                c03 = w0.fma(b3, c03);
                c13 = w1.fma(b3, c13);
                VarHandle.loadLoadFence();
            }
            int to = yAt + row * yStep;
            c00.intoArray(y, to);
            c01.intoArray(y, to + y1);
            c02.intoArray(y, to + y2);
            c03.intoArray(y, to + y3);
            c10.intoArray(y, to + yStride);
            c11.intoArray(y, to + yStride + y1);
            c12.intoArray(y, to + yStride + y2);
            c13.intoArray(y, to + yStride + y3);
        }
    }

    /** Two channels of two pieces. */
    static void twoShort(
            float[] w,
            int wAt,
            float[] bias,
            int biasAt,
            int[] offsets,
            int first,
            int terms,
            float[] x,
            int xAt,
            int xStep,
            int x1,
            float[] y,
            int yAt,
            int yStep,
            int y1,
            int yStride,
            int rows) {
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            FloatVector c00 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c01 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c10 = FloatVector.broadcast(SPECIES, bias[biasAt + 1]);
            FloatVector c11 = FloatVector.broadcast(SPECIES, bias[biasAt + 1]);
            for (int k = 0; k < terms; k++) {
                int at = from + offsets[first + k];
                FloatVector b0 = FloatVector.fromArray(SPECIES, x, at);
                FloatVector b1 = FloatVector.fromArray(SPECIES, x, at + x1);
                FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt + k * 2]);
                c00 = w0.fma(b0, c00);
                c01 = w0.fma(b1, c01);
                VarHandle.loadLoadFence();
                FloatVector w1 = FloatVector.broadcast(SPECIES, w[wAt + k * 2 + 1]);
                c10 = w1.fma(b0, c10);
                c11 = w1.fma(b1, c11);
                VarHandle.loadLoadFence();
            }
            int to = yAt + row * yStep;
            c00.intoArray(y, to);
            c01.intoArray(y, to + y1);
            c10.intoArray(y, to + yStride);
            c11.intoArray(y, to + yStride + y1);
        }
    }

    /** One channel of four pieces. */
    static void one(
            float[] w,
            int wAt,
            float[] bias,
            int biasAt,
            int[] offsets,
            int first,
            int terms,
            float[] x,
            int xAt,
            int xStep,
            int x1,
            int x2,
            int x3,
            float[] y,
            int yAt,
            int yStep,
            int y1,
            int y2,
            int y3,
            int rows) {
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            FloatVector c00 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c01 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c02 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c03 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            for (int k = 0; k < terms; k++) {
                int at = from + offsets[first + k];
                FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt + k]);
                FloatVector b0 = FloatVector.fromArray(SPECIES, x, at);
                c00 = w0.fma(b0, c00);
                VarHandle.loadLoadFence();
                FloatVector b1 = FloatVector.fromArray(SPECIES, x, at + x1);
                c01 = w0.fma(b1, c01);
                VarHandle.loadLoadFence();
                FloatVector b2 = FloatVector.fromArray(SPECIES, x, at + x2);
                c02 = w0.fma(b2, c02);
                VarHandle.loadLoadFence();
                FloatVector b3 = FloatVector.fromArray(SPECIES, x, at + x3);
                c03 = w0.fma(b3, c03);
                VarHandle.loadLoadFence();
            }
            int to = yAt + row * yStep;
            c00.intoArray(y, to);
            c01.intoArray(y, to + y1);
            c02.intoArray(y, to + y2);
            c03.intoArray(y, to + y3);
        }
    }

    /** One channel of two pieces. */
    static void oneShort(
            float[] w,
            int wAt,
            float[] bias,
            int biasAt,
            int[] offsets,
            int first,
            int terms,
            float[] x,
            int xAt,
            int xStep,
            int x1,
            float[] y,
            int yAt,
            int yStep,
            int y1,
            int rows) {
        for (int row = 0; row < rows; row++) {
            int from = xAt + row * xStep;
            FloatVector c00 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            FloatVector c01 = FloatVector.broadcast(SPECIES, bias[biasAt]);
            for (int k = 0; k < terms; k++) {
                int at = from + offsets[first + k];
                FloatVector b0 = FloatVector.fromArray(SPECIES, x, at);
                FloatVector b1 = FloatVector.fromArray(SPECIES, x, at + x1);
                FloatVector w0 = FloatVector.broadcast(SPECIES, w[wAt + k]);
                c00 = w0.fma(b0, c00);
                c01 = w0.fma(b1, c01);
            }
            int to = yAt + row * yStep;
            c00.intoArray(y, to);
            c01.intoArray(y, to + y1);
        }
    }
}
