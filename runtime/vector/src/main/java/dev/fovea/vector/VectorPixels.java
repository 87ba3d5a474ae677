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

    @Override
    public void moments(float[] centres, int centresAt, float[] x, int xAt, int pixels, float[] sums, int sumsAt) {
        PixelMoments.squares(centres, centresAt, x, xAt, pixels, sums, sumsAt);
    }

    @Override
    public void gradientSums(
            float[] centres,
            int centresAt,
            float[] x,
            int xAt,
            float[] dy,
            int dyAt,
            int pixels,
            float[] sums,
            int sumsAt) {
        PixelMoments.products(centres, centresAt, x, xAt, dy, dyAt, pixels, sums, sumsAt);
    }

    @Override
    public void combine(
            float[] numbers,
            int numbersAt,
            float[] y,
            int yAt,
            float[] x,
            int xAt,
            boolean add,
            float[] z,
            int zAt,
            int pixels) {
        if (add) {
            PixelCombinations.add(numbers, numbersAt, y, yAt, x, xAt, z, zAt, pixels);
        } else {
            PixelCombinations.write(numbers, numbersAt, y, yAt, x, xAt, z, zAt, pixels);
        }
    }

    @Override
    public void addScaled(float[] factors, int factorsAt, float[] y, int yAt, float[] z, int zAt, int pixels) {
        PixelCombinations.addScaled(factors, factorsAt, y, yAt, z, zAt, pixels);
    }

    @Override
    public void firstAcross(
            float[] x,
            int xAt,
            int taps,
            int tapStep,
            int xStep,
            float[] keys,
            int keysAt,
            float[] places,
            int placesAt,
            int pixels) {
        if (taps == 2) {
            PixelWinners.acrossTwo(x, xAt, tapStep, xStep, keys, keysAt, places, placesAt, pixels);
        } else if (taps == 3) {
            PixelWinners.acrossThree(x, xAt, tapStep, xStep, keys, keysAt, places, placesAt, pixels);
        } else {
            PixelWinners.across(x, xAt, taps, tapStep, xStep, keys, keysAt, places, placesAt, pixels);
        }
    }

    @Override
    public void firstDown(
            float[] rooms,
            int[] keysAt,
            int places,
            int taps,
            int rowTaps,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int pixels) {
        if (taps == 2) {
            PixelWinners.downTwo(rooms, keysAt, places, rowTaps, y, yAt, winners, winnersAt, pixels);
        } else if (taps == 3) {
            PixelWinners.downThree(rooms, keysAt, places, rowTaps, y, yAt, winners, winnersAt, pixels);
        } else {
            PixelWinners.down(rooms, keysAt, places, taps, rowTaps, y, yAt, winners, winnersAt, pixels);
        }
    }

    @Override
    public void spreadToFirst(
            float[] dy,
            int dyAt,
            float[] winners,
            int winnersAt,
            int first,
            int taps,
            int tapStep,
            int xStep,
            float[] dx,
            int dxAt,
            int pixels) {
        for (int tap = 0; tap < taps; tap++) {
            int to = dxAt + tap * tapStep;
            PixelSpread.add(dy, dyAt, winners, winnersAt, first + tap, xStep, dx, to, pixels);
        }
    }

    @Override
    public void addShares(float factor, float[] dy, int dyAt, float[] dx, int dxAt, int xStep, int pixels) {
        PixelShares.add(factor, dy, dyAt, dx, dxAt, xStep, pixels);
    }

    @Override
    public void repeat(float[] x, int xAt, boolean add, float[] y, int yAt, int pixels) {
        if (add) {
            PixelShares.addToAll(x, xAt, y, yAt, pixels);
        } else {
            PixelShares.writeToAll(x, xAt, y, yAt, pixels);
        }
    }

    @Override
    public boolean spreadsRows(int taps, int stride) {
        return taps == stride ? taps == 2 : taps == 3 && stride < 3;
    }

    @Override
    public void spreadRow(
            float[] dy,
            int dyAt,
            float[] winners,
            int winnersAt,
            int first,
            int taps,
            int stride,
            boolean add,
            float[] dx,
            int dxAt,
            int pixels) {
        int kept = add ? -1 : 0;
        if (taps == 2) {
            PixelSpread.pairs(dy, dyAt, winners, winnersAt, first, kept, dx, dxAt, pixels);
        } else if (stride == 2) {
            PixelSpread.threeByTwo(dy, dyAt, winners, winnersAt, first, kept, dx, dxAt, pixels);
        } else {
            PixelSpread.threeByOne(dy, dyAt, winners, winnersAt, first, kept, dx, dxAt, pixels);
        }
    }

    @Override
    public void firstOfSquares(
            float[] x, int xAt, int below, int xStep, float[] y, int yAt, float[] winners, int winnersAt, int pixels) {
        PixelSquares.first(x, xAt, below, xStep, y, yAt, winners, winnersAt, pixels);
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
