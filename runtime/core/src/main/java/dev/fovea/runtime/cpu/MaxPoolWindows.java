package dev.fovea.runtime.cpu;

import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.Stencil;

/**
 * Max pooling of a plane window by window, whatever they are: those that lie within the plane a row or some rows at a time, those at the
 * border, and the irregular ones of an adaptive pool, one by one.
 */
final class MaxPoolWindows {
    /** Rows of outputs that are done together, so that what they read is in the first-level cache for the borders and the rest. */
    private static final int BAND = 16;

    private final Simd simd;
    private final Region x;
    private final Region y;
    private final Region winners;
    private final boolean saves;
    private final PoolAxis rows;
    private final PoolAxis columns;
    private final Stencil stencil;
    private final int width;
    /** Whether rows have windows that are not whole. */
    private final boolean bordered;

    /**
     * @param winners where the largest elements were is written here
     * @param saves whether it is
     * @param width of the input's planes
     */
    MaxPoolWindows(
            Simd simd, Region x, Region y, Region winners, boolean saves, PoolAxis rows, PoolAxis columns, int width) {
        this.simd = simd;
        this.x = x;
        this.y = y;
        this.winners = winners;
        this.saves = saves;
        this.rows = rows;
        this.columns = columns;
        this.width = width;
        stencil = new Stencil(
                rows.step() * width, columns.step(), rows.mostTaps(), columns.innerTaps(), columns.stride());
        bordered = inner() < columns.windows();
    }

    private int inner() {
        return columns.innerTo() - columns.innerFrom();
    }

    /** Floats of workspace. */
    long scratch() {
        return saves ? simd.windows().rooms(inner()) : 0;
    }

    /** Does one plane. */
    void plane(int xAt, int yAt, int winnersAt, float[] rooms) {
        boolean together = saves && simd.windows().takesRowsTogether();
        int inner = together ? rows.innerFrom() : rows.windows();
        int innerEnd = together ? rows.innerTo() : rows.windows();
        for (int i = 0; i < inner; i++) {
            row(i, xAt, yAt, winnersAt);
        }
        for (int i = inner; i < innerEnd; i += BAND) {
            rows(i, Math.min(i + BAND, innerEnd), xAt, yAt, winnersAt, rooms);
        }
        for (int i = innerEnd; i < rows.windows(); i++) {
            row(i, xAt, yAt, winnersAt);
        }
    }

    /** Rows whose windows are whole, while training. */
    private void rows(int from, int to, int xAt, int yAt, int winnersAt, float[] rooms) {
        int inner = columns.innerTo() - columns.innerFrom();
        if (inner > 0 && from < to) {
            int origin = rows.first(from) * width + columns.first(columns.innerFrom());
            int at = from * columns.windows() + columns.innerFrom();
            simd.windows()
                    .maxRows(
                            stencil,
                            CpuMemory.values(x),
                            xAt,
                            origin,
                            rows.stride() * width,
                            CpuMemory.values(y),
                            yAt + at,
                            CpuMemory.values(winners),
                            winnersAt + at,
                            columns.windows(),
                            to - from,
                            inner,
                            rooms);
        }
        // Last, since reading a column that is not in the cache yet is slow.
        for (int i = from; bordered && i < to; i++) {
            borders(i, xAt, yAt, winnersAt);
        }
    }

    private void row(int i, int xAt, int yAt, int winnersAt) {
        borders(i, xAt, yAt, winnersAt);
        int inner = columns.innerTo() - columns.innerFrom();
        if (inner > 0) {
            int taps = rows.taps(i) * columns.innerTaps();
            int origin = rows.first(i) * width + columns.first(columns.innerFrom());
            int at = i * columns.windows() + columns.innerFrom();
            float[] in = CpuMemory.values(x);
            float[] out = CpuMemory.values(y);
            if (saves) {
                simd.windows()
                        .max(
                                stencil,
                                taps,
                                in,
                                xAt,
                                origin,
                                out,
                                yAt + at,
                                CpuMemory.values(winners),
                                winnersAt + at,
                                inner);
            } else {
                simd.windows().max(stencil, taps, in, xAt + origin, out, yAt + at, inner);
            }
        }
    }

    /** The windows of a row that are not whole. */
    private void borders(int i, int xAt, int yAt, int winnersAt) {
        int at = i * columns.windows();
        for (int j = 0; j < columns.innerFrom(); j++) {
            window(i, j, xAt, yAt + at, winnersAt + at);
        }
        for (int j = columns.innerTo(); j < columns.windows(); j++) {
            window(i, j, xAt, yAt + at, winnersAt + at);
        }
    }

    /** One window, at the border or of an irregular bin. */
    private void window(int i, int j, int xAt, int yAt, int winnersAt) {
        float[] in = CpuMemory.values(x);
        int first = rows.first(i) * width + columns.first(j);
        long best = Long.MIN_VALUE;
        for (int u = 0; u < rows.taps(i); u++) {
            int at = first + u * rows.step() * width;
            for (int v = 0; v < columns.taps(j); v++, at += columns.step()) {
                best = Math.max(best, PoolRank.of(in[xAt + at], at));
            }
        }
        int winner = PoolRank.place(best);
        CpuMemory.values(y)[yAt + j] = in[xAt + winner];
        if (saves) {
            CpuMemory.values(winners)[winnersAt + j] = Float.intBitsToFloat(winner);
        }
    }
}
