package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.Simd;

/**
 * The largest of windows of three by three with step 1, as in Inception, in loops over whole planes: the largest of each three neighbours in a
 * row, then of three of these in a column. Windows at the border have two rows or columns; a row is then taken twice, which changes
 * nothing, and columns are done by hand. Of equal elements the first in reading order wins, a NaN over all.
 */
final class MaxPoolOfThree {
    /** Four rooms of so many floats fit the first-level cache; beyond it window by window is quicker. */
    private static final int LARGEST_PLANE = 1536;
    /** What loops may read behind the last row. */
    private static final int SLACK = 64;

    private final Simd simd;
    private final PoolAxis rows;
    private final PoolAxis columns;
    private final int height;
    private final int width;
    private final int area;

    MaxPoolOfThree(Simd simd, PoolAxis rows, PoolAxis columns, int height, int width) {
        this.simd = simd;
        this.rows = rows;
        this.columns = columns;
        this.height = height;
        this.width = width;
        this.area = height * width;
    }

    /** Whether it serves: windows have a middle within the plane, and planes are wide enough for registers. */
    static boolean fits(Simd simd, PoolAxis rows, PoolAxis columns, int height, int width) {
        return simd.lanes() > 1
                && height > 1
                && width > 2
                && height * width >= 2 * simd.lanes()
                && height * width <= LARGEST_PLANE
                && columns.stride() == 1
                && rows.stride() == 1
                && rows.hasMiddles(height)
                && columns.hasMiddles(width);
    }

    /** Floats of workspace: the largest of threes in rows and where they were, and those of threes of these. */
    long scratch() {
        return 4L * (area + SLACK);
    }

    /** Does one plane. */
    void plane(float[] x, int xAt, float[] y, int yAt, float[] winners, int winnersAt, float[] rooms) {
        int places = area + SLACK;
        int found = 2 * places;
        int foundPlaces = 3 * places;
        simd.windows().maxOfThree(x, xAt, rooms, 1, places + 1, area - 2);
        for (int at = 0; at < area; at += width) {
            border(x, xAt, at, at, rooms, places);
            border(x, xAt, at + width - 2, at + width - 1, rooms, places);
        }
        column(rooms, 0, 1);
        column(rooms, 1, height - 2);
        column(rooms, height - 1, 1);
        int count = columns.windows();
        if (rows.windows() * count == area) {
            System.arraycopy(rooms, found, y, yAt, area);
            System.arraycopy(rooms, foundPlaces, winners, winnersAt, area);
            return;
        }
        int first = columns.middle(0);
        for (int i = 0; i < rows.windows(); i++) {
            int from = rows.middle(i) * width + first;
            System.arraycopy(rooms, found + from, y, yAt + i * count, count);
            System.arraycopy(rooms, foundPlaces + from, winners, winnersAt + i * count, count);
        }
    }

    /** Threes in columns, of {@code count} rows from {@code row} on, those at the border by themselves. */
    private void column(float[] rooms, int row, int count) {
        int above = Math.max(0, row - 1) * width;
        int below = Math.min(height - 1, row + 1) * width;
        int places = area + SLACK;
        int found = 2 * places + row * width;
        simd.windows().maxOfRows(rooms, above, row * width, below, places, found, found + places, count * width);
    }

    /** The larger of two neighbours, the first of them at {@code from} in the plane. */
    private static void border(float[] x, int xAt, int from, int to, float[] rooms, int places) {
        int place =
                PoolRank.place(Math.max(PoolRank.of(x[xAt + from], from), PoolRank.of(x[xAt + from + 1], from + 1)));
        rooms[to] = x[xAt + place];
        rooms[places + to] = Float.intBitsToFloat(place);
    }
}
