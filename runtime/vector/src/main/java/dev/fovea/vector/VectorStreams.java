package dev.fovea.vector;

import dev.fovea.runtime.simd.StreamSimd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Long weights times few samples: hands whole groups of rows to the loops for eight, and the rest row by row to those for one. */
final class VectorStreams implements StreamSimd {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int COLUMNS = 2 * LANES;
    /** What sums begin with that add to nothing. */
    private static final float[] NOTHING = new float[COLUMNS];

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void multiply(int rows, float[] w, int wAt, int stride, float[] x, int xAt, int length, float[] y, int yAt) {
        if (rows == ROWS) {
            StreamTiles.multiply8(w, wAt, stride, x, xAt, length, y, yAt);
            return;
        }
        for (int row = 0; row < rows; row++) {
            StreamTiles.multiply1(w, wAt + row * stride, x, xAt, length, y, yAt + row * LANES);
        }
    }

    @Override
    public void multiplyTurned(
            int rows, float[] w, int wAt, int stride, float[] y, int yAt, int length, float[] x, int xAt) {
        if (rows == ROWS) {
            StreamTiles.turned8(w, wAt, stride, y, yAt, length, x, xAt);
            return;
        }
        for (int row = 0; row < rows; row++) {
            StreamTiles.turned1(w, wAt + row * stride, y, yAt + row * LANES, length, x, xAt);
        }
    }

    @Override
    public void multiplySamples(
            int rows,
            boolean add,
            int samples,
            float[] y,
            int yAt,
            float[] x,
            int xAt,
            int xStride,
            int length,
            float[] w,
            int wAt,
            int stride) {
        float[] before = add ? w : NOTHING;
        int beforeStride = add ? stride : 0;
        for (int k = 0; k < length; k += COLUMNS) {
            int beforeAt = add ? wAt + k : 0;
            if (rows == ROWS) {
                StreamTiles.samples8(
                        samples, y, yAt, x, xAt + k, xStride, before, beforeAt, beforeStride, w, wAt + k, stride);
                continue;
            }
            for (int row = 0; row < rows; row++) {
                int from = beforeAt + row * beforeStride;
                int to = wAt + k + row * stride;
                StreamTiles.samples1(samples, y, yAt + row * LANES, x, xAt + k, xStride, before, from, w, to);
            }
        }
    }
}
