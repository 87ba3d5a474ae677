package dev.fovea.vector;

import dev.fovea.runtime.simd.PixelSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link PixelSimd} where a register is as long as a block: a pixel is a register. */
final class VectorPixels implements PixelSimd {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public void fill(float number, float[] y, int yAt, int yStep, int rows, int pixels) {
        FloatVector all = FloatVector.broadcast(SPECIES, number);
        for (int row = 0; row < rows; row++) {
            int to = yAt + row * yStep;
            for (int i = 0; i < pixels; i++) {
                all.intoArray(y, to + i * LANES);
            }
        }
    }

    @Override
    public void maxDown(
            float[] x, int xAt, int second, int third, int xRow, float[] y, int yAt, int yRow, int rows, int pixels) {
        PixelMaxima.down(x, xAt, second, third, xRow, y, yAt, yRow, rows, pixels);
    }

    @Override
    public void largestOfThree(float[] x, int xAt, int second, int third, int pixels) {
        PixelMaxima.ofThree(x, xAt, second, third, pixels);
    }

    @Override
    public void maxAcross(
            float[] x, int xAt, int second, int third, int xStep, int xRow, float[] y, int yAt, int rows, int pixels) {
        PixelMaxima.across(x, xAt, second, third, xStep, xRow, y, yAt, rows, pixels);
    }

    @Override
    public void sumAcross(
            float[] x,
            int xAt,
            int taps,
            int tapStep,
            int xStep,
            float[] factors,
            int factorsAt,
            float[] y,
            int yAt,
            int pixels) {
        if (pixels < PixelSums.TOGETHER) {
            for (int i = 0; i < pixels; i++) {
                PixelSums.one(x, xAt + i * xStep, taps, tapStep, factors[factorsAt + i], y, yAt + i * LANES);
            }
            return;
        }
        int last = pixels - PixelSums.TOGETHER;
        for (int i = 0; i < pixels; i += PixelSums.TOGETHER) {
            int j = Math.min(i, last); // some are done twice
            PixelSums.four(x, xAt + j * xStep, taps, tapStep, xStep, factors, factorsAt + j, y, yAt + j * LANES);
        }
    }

    @Override
    public void largest(float[] x, int xAt, int pixels, float[] y, int yAt) {
        PixelMaxima.ofAll(x, xAt, pixels, y, yAt);
    }

    @Override
    public void mean(float[] x, int xAt, int pixels, float[] y, int yAt) {
        PixelSums.mean(x, xAt, pixels, y, yAt);
    }

    @Override
    public void normalize(float[] numbers, boolean rectify, float[] x, int xAt, float[] y, int yAt, int pixels) {
        if (rectify) {
            rectified(numbers, x, xAt, y, yAt, pixels);
        } else {
            plain(numbers, x, xAt, y, yAt, pixels);
        }
    }

    private static void plain(float[] numbers, float[] x, int xAt, float[] y, int yAt, int pixels) {
        FloatVector centre = FloatVector.fromArray(SPECIES, numbers, 0);
        FloatVector factor = FloatVector.fromArray(SPECIES, numbers, LANES);
        FloatVector offset = FloatVector.fromArray(SPECIES, numbers, 2 * LANES);
        for (int i = 0; i < pixels * LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xAt + i)
                    .sub(centre)
                    .fma(factor, offset)
                    .intoArray(y, yAt + i);
        }
    }

    private static void rectified(float[] numbers, float[] x, int xAt, float[] y, int yAt, int pixels) {
        FloatVector centre = FloatVector.fromArray(SPECIES, numbers, 0);
        FloatVector factor = FloatVector.fromArray(SPECIES, numbers, LANES);
        FloatVector offset = FloatVector.fromArray(SPECIES, numbers, 2 * LANES);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0; i < pixels * LANES; i += LANES) {
            FloatVector normal =
                    FloatVector.fromArray(SPECIES, x, xAt + i).sub(centre).fma(factor, offset);
            normal.blend(zero, normal.compare(VectorOperators.LE, zero)).intoArray(y, yAt + i);
        }
    }
}
