package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.FloatOrder;
import dev.fovea.runtime.simd.Simd;

/**
 * The largest of windows three columns wide, at steps of 1 or 2, where nobody asks for its place: of up to three rows first, column by column, for a band of rows
 * of outputs that stays in the first-level cache, then of three neighbours each. A band is one long range to both loops, however short its rows are; neighbours that lie in another row are kept
 * out by limits.
 */
final class MaxPoolBands {
    /** Floats of a band. */
    private static final int BAND = 2048;

    private static final int MOST_TAPS = 3;

    private final Simd simd;
    private final PoolAxis rows;
    private final PoolAxis columns;
    private final int width;
    private final int area;
    /** From one row of a band to the next: such that windows go on at their distance. */
    private final int pitch;

    private final int bandRows;
    private final int period;
    private final float[] limits;
    private final int lanes;

    MaxPoolBands(Simd simd, PoolAxis rows, PoolAxis columns, int height, int width) {
        this.simd = simd;
        this.rows = rows;
        this.columns = columns;
        this.width = width;
        area = height * width;
        lanes = simd.lanes();
        pitch = (width + columns.stride() - 1) / columns.stride() * columns.stride();
        int bands = (rows.windows() * pitch + BAND - 1) / BAND;
        bandRows = (rows.windows() + bands - 1) / bands;
        period = (columns.stride() * lanes + pitch - 1) / pitch * pitch;
        limits = limits();
    }

    /** Whether it serves. */
    static boolean fits(Simd simd, PoolAxis rows, PoolAxis columns, int height, int width) {
        int taps = rows.mostTaps();
        return simd.lanes() > 1
                && height * width >= 2 * simd.lanes()
                && columns.stride() <= 2
                && columns.hasMiddles(width)
                && taps <= MOST_TAPS
                && rows.innerTaps() == taps;
    }

    /** What {@code maxAcross} asks for, beginning with the first window's middle. */
    private float[] limits() {
        float[] made = new float[2 * behind()];
        for (int i = 0; i < behind(); i++) {
            int column = (columns.middle(0) + i) % pitch;
            made[i] = limit(column > 0);
            made[behind() + i] = limit(column + 1 < width);
        }
        return made;
    }

    private static float limit(boolean counts) {
        return Float.intBitsToFloat(counts ? Integer.MAX_VALUE : FloatOrder.LOWEST);
    }

    private int behind() {
        return period + 2 * lanes;
    }

    /** Floats of workspace: a band with a register before and three behind it, and outputs. */
    long scratch() {
        return found() + (long) bandRows * pitch / columns.stride() + lanes;
    }

    private int found() {
        return 4 * lanes + bandRows * pitch;
    }

    /** Whether what is read behind short rows lies within the array. */
    boolean canRead(float[] x, int xAt) {
        return width >= lanes || xAt + area + lanes <= x.length;
    }

    /** Does one plane. */
    void plane(float[] x, int xAt, float[] y, int yAt, float[] rooms) {
        for (int from = 0; from < rows.windows(); from += bandRows) {
            int to = Math.min(from + bandRows, rows.windows());
            down(x, xAt, from, to, rooms);
            across(rooms, to - from, y, yAt + from * columns.windows());
        }
    }

    private void down(float[] x, int xAt, int from, int to, float[] rooms) {
        int row = from;
        while (row < to) {
            boolean whole = row >= rows.innerFrom() && row < rows.innerTo();
            int count = whole ? Math.min(to, rows.innerTo()) - row : 1;
            int first = xAt + rows.first(row) * width;
            int second = Math.min(1, rows.taps(row) - 1) * rows.step() * width;
            int third = (rows.taps(row) - 1) * rows.step() * width;
            int at = lanes + (row - from) * pitch;
            int step = rows.stride() * width;
            if (step == pitch) { // rows lie one behind the other, here and there
                simd.windows().maxDown(x, first, second, third, step, rooms, at, pitch, 1, count * width);
            } else {
                simd.windows().maxDown(x, first, second, third, step, rooms, at, pitch, count, width);
            }
            row += count;
        }
    }

    private void across(float[] rooms, int count, float[] y, int yAt) {
        int stride = columns.stride();
        int length = count * pitch / stride;
        int from = lanes + columns.middle(0);
        if (stride * columns.windows() == pitch && length >= lanes) {
            simd.windows().maxAcross(stride, rooms, from, limits, period, behind(), y, yAt, length);
            return;
        }
        simd.windows().maxAcross(stride, rooms, from, limits, period, behind(), rooms, found(), length);
        int windows = columns.windows();
        for (int row = 0; row < count; row++) {
            System.arraycopy(rooms, found() + row * (pitch / stride), y, yAt + row * windows, windows);
        }
    }
}
