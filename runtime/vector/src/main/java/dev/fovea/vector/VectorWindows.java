package dev.fovea.vector;

import dev.fovea.runtime.simd.ScalarSimd;
import dev.fovea.runtime.simd.SimdWindows;
import dev.fovea.runtime.simd.Stencil;
import java.util.Arrays;

/**
 * Pooling with strides 1 and 2 by {@link Windows}; what does not fill a register at the end of a row is done together with some
 * windows before it, a second time. Other strides are left to plain loops, and so is what would read beyond the array.
 */
final class VectorWindows implements SimdWindows {
    private static final int LANES = Windows.LANES;

    /** Calls before the loop over registers is taken to be compiled. Java's second compiler begins with it after some 600. */
    private static final int EARLY_CALLS = 65_536;

    /**
     * Of the early calls one in so many goes to the loop over registers, so that it is found to be worth compiling, a little in every step. All of them
     * would be most of a first step's time.
     */
    private static final int EARLY_SHARE = 64;

    private final SimdWindows rest = new ScalarSimd().windows();
    private final int earlyCalls;

    /** Where a row shorter than a register, and the places of its maxima behind it, are stored whole before their part is copied. */
    private final ThreadLocal<float[]> shortRows = ThreadLocal.withInitial(() -> new float[2 * LANES]);

    /** Counted without a lock by all threads: it decides about time, not about results. */
    private int calls;

    VectorWindows() {
        this(EARLY_CALLS);
    }

    /** With another number of early calls. */
    VectorWindows(int earlyCalls) {
        this.earlyCalls = earlyCalls;
    }

    @Override
    public void sum(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length) {
        if (!fits(stencil, taps, x, xAt, length)) {
            rest.sum(stencil, taps, x, xAt, y, yAt, length);
            return;
        }
        if (length < LANES) {
            float[] room = shortRows.get();
            sum(stencil, taps, x, xAt, room, 0, LANES);
            copy(room, 0, y, yAt, length);
            return;
        }
        int[] offsets = stencil.offsets();
        for (int i = 0; i < length; i += LANES) {
            int j = Math.min(i, length - LANES);
            if (stencil.stride() == 2) {
                Windows.sumOfSecond(offsets, taps, x, xAt + 2 * j, y, yAt + j);
            } else {
                Windows.sum(offsets, taps, x, xAt + j, y, yAt + j);
            }
        }
    }

    @Override
    public void max(Stencil stencil, int taps, float[] x, int xAt, float[] y, int yAt, int length) {
        if (!fits(stencil, taps, x, xAt, length)) {
            rest.max(stencil, taps, x, xAt, y, yAt, length);
            return;
        }
        if (length < LANES) {
            float[] room = shortRows.get();
            max(stencil, taps, x, xAt, room, 0, LANES);
            copy(room, 0, y, yAt, length);
            return;
        }
        int[] offsets = stencil.offsets();
        for (int i = 0; i < length; i += LANES) {
            int j = Math.min(i, length - LANES);
            if (stencil.stride() == 2) {
                Windows.maxOfSecond(offsets, taps, x, xAt + 2 * j, y, yAt + j);
            } else {
                Windows.max(offsets, taps, x, xAt + j, y, yAt + j);
            }
        }
    }

    @Override
    public void maxRows(Stencil stencil, float[] x, int xAt, int xStep, float[] y, int yAt, int rows, int length) {
        if (!squares(stencil, x, xAt, xStep, rows, length)) {
            SimdWindows.super.maxRows(stencil, x, xAt, xStep, y, yAt, rows, length);
            return;
        }
        int below = stencil.offsets()[2];
        int whole = Math.max(0, rows - rowsWithin(length));
        Squares.max(x, xAt, xStep, below, y, yAt, whole, length);
        for (int row = whole; row < rows; row++) { // a few short ones at most
            int from = xAt + row * xStep;
            for (int j = 0; j < length; j++) {
                float upper = Math.max(x[from + 2 * j], x[from + 2 * j + 1]);
                float lower = Math.max(x[from + below + 2 * j], x[from + below + 2 * j + 1]);
                y[yAt + row * length + j] = Math.max(upper, lower);
            }
        }
    }

    @Override
    public void meanRows(
            Stencil stencil, float factor, float[] x, int xAt, int xStep, float[] y, int yAt, int rows, int length) {
        if (!squares(stencil, x, xAt, xStep, rows, length)) {
            SimdWindows.super.meanRows(stencil, factor, x, xAt, xStep, y, yAt, rows, length);
            return;
        }
        int below = stencil.offsets()[2];
        int whole = Math.max(0, rows - rowsWithin(length));
        Squares.mean(factor, x, xAt, xStep, below, y, yAt, whole, length);
        for (int row = whole; row < rows; row++) {
            int from = xAt + row * xStep;
            for (int j = 0; j < length; j++) {
                float upper = x[from + 2 * j] + x[from + 2 * j + 1];
                float lower = x[from + below + 2 * j] + x[from + below + 2 * j + 1];
                y[yAt + row * length + j] = (upper + lower) * factor;
            }
        }
    }

    @Override
    public boolean takesRowsTogether() {
        return true;
    }

    @Override
    public void maxRows(
            Stencil stencil,
            float[] x,
            int planeAt,
            int origin,
            int xStep,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int step,
            int rows,
            int length,
            float[] rooms) {
        if (squares(stencil, x, planeAt + origin, xStep, rows, length)) {
            int below = stencil.offsets()[2];
            if (isPlain(1)) {
                Squares.winnersPlainly(
                        x, planeAt, origin, xStep, below, y, yAt, winners, winnersAt, step, rows, length);
                return;
            }
            if (length >= LANES) {
                Squares.winners(x, planeAt, origin, xStep, below, y, yAt, winners, winnersAt, step, rows, length);
                return;
            }
            int direct = step == length ? Math.max(0, rows - rowsWithin(length)) : 0;
            Squares.winners(x, planeAt, origin, xStep, below, y, yAt, winners, winnersAt, step, direct, length);
            for (int row = direct; row < rows; row++) {
                int first = origin + row * xStep;
                Squares.winners(x, planeAt, first, xStep, below, rooms, 0, rooms, LANES, step, 1, length);
                for (int j = 0; j < length; j++) {
                    y[yAt + row * step + j] = rooms[j];
                    winners[winnersAt + row * step + j] = rooms[LANES + j];
                }
            }
            return;
        }
        int whole = nines(stencil, x, planeAt + origin, xStep, rows, length);
        Nines.winners(x, planeAt, origin, stencil.rowStep(), y, yAt, winners, winnersAt, step, whole, length, rooms);
        int taps = stencil.offsets().length;
        for (int row = whole; row < rows; row++) {
            int at = row * step;
            max(stencil, taps, x, planeAt, origin + row * xStep, y, yAt + at, winners, winnersAt + at, length);
        }
    }

    @Override
    public void maxOfSquares(
            float[] x,
            int xAt,
            int height,
            int width,
            int planes,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            float[] rooms) {
        if (planes == 0 || isPlain(planes)) {
            SimdWindows.super.maxOfSquares(x, xAt, height, width, planes, y, yAt, winners, winnersAt, rooms);
            return;
        }
        int length = width / 2;
        int area = height * width;
        int rows = planes * (height / 2);
        int direct = rows - rowsWithin(length);
        int most = Math.max(1, ShortSquares.PAIRS / width);
        for (int row = 0; row < rows; row += most) {
            int count = Math.min(most, rows - row);
            int first = row * 2 * width % area;
            int to = row * length;
            int whole = 0;
            if (count * width >= LANES) {
                ShortSquares.across(x, xAt + row * 2 * width, rooms, count * width);
                whole = Math.max(0, Math.min(count, direct - row));
                ShortSquares.down(rooms, 0, first, width, area, y, yAt + to, winners, winnersAt + to, whole);
            }
            for (int i = whole; i < count; i++) { // a few short ones at most
                int place = (first + i * 2 * width) % area;
                int at = to + i * length;
                if (count * width < LANES) {
                    int planeAt = xAt + (row + i) * 2 * width - place;
                    Squares.winnersPlainly(
                            x, planeAt, place, 0, width, y, yAt + at, winners, winnersAt + at, 0, 1, length);
                    continue;
                }
                int own = ShortSquares.ROW;
                ShortSquares.down(rooms, i, place, width, area, rooms, own, rooms, own + LANES, 1);
                System.arraycopy(rooms, own, y, yAt + at, length);
                System.arraycopy(rooms, own + LANES, winners, winnersAt + at, length);
            }
        }
    }

    @Override
    public void maxOfRectifiedSquares(
            float[] x, int xAt, int height, int width, int planes, float[] y, int yAt, float[] winners, int winnersAt) {
        if (planes == 0 || isPlain(planes)) {
            SimdWindows.super.maxOfRectifiedSquares(x, xAt, height, width, planes, y, yAt, winners, winnersAt);
            return;
        }
        int area = height * width;
        int rows = planes * (height / 2);
        int last = Math.max(0, width - LANES);
        int length = width / 2;
        int behind = last / 2 + LANES - length; // floats that are written behind a row's end
        int whole = rows - (behind + length - 1) / length;
        if (width < LANES) { // the register of the last row's lower half ends behind it
            int readable = (x.length - xAt - width - LANES) / (2 * width) + 1;
            whole = x.length - xAt < width + LANES ? 0 : Math.min(whole, readable);
        }
        whole = Math.max(0, whole);
        RectifiedSquares.winners(x, xAt, width, area, y, yAt, winners, winnersAt, whole);
        for (int row = whole; row < rows; row++) { // a few at most
            SimdWindows.rectifiedRow(x, xAt, height, width, row, y, yAt, winners, winnersAt);
        }
    }

    @Override
    public void spreadSquares(
            float[] dy,
            int dyAt,
            float[] winners,
            int winnersAt,
            float[] dx,
            int dxAt,
            int height,
            int width,
            int planes) {
        if (planes == 0 || isPlain(planes)) {
            SimdWindows.super.spreadSquares(dy, dyAt, winners, winnersAt, dx, dxAt, height, width, planes);
            return;
        }
        int area = height * width;
        int rows = planes * (height / 2);
        int windows = Math.min(dy.length - dyAt, winners.length - winnersAt);
        int whole = SpreadSquares.most(windows, width, rows);
        SpreadSquares.rows(dy, dyAt, winners, winnersAt, dx, dxAt, width, area, whole);
        for (int row = whole; row < rows; row++) { // a few short ones at most
            int to = dxAt + row * 2 * width;
            int from = row * width / 2;
            int place = row * 2 * width % area;
            Arrays.fill(dx, to, to + 2 * width, 0);
            SimdWindows.spreadPlainly(dy, dyAt + from, winners, winnersAt + from, dx, to - place, width / 2);
        }
    }

    @Override
    public void mark(float[] y, int yAt, float[] winners, int winnersAt, int length) {
        int whole = isPlain(1) ? 0 : length / LANES * LANES;
        Squares.mark(y, yAt, winners, winnersAt, whole);
        SimdWindows.super.mark(y, yAt + whole, winners, winnersAt + whole, length - whole);
    }

    /** Whether a plain loop, which needs no compiler to be quick, takes this call, for so many planes or for less. */
    private boolean isPlain(int planes) {
        int call = calls;
        if (call >= earlyCalls) {
            return false;
        }
        calls = call + planes;
        return call / planes % EARLY_SHARE != 0;
    }

    @Override
    public int rooms(int length) {
        return Math.max(ShortSquares.ROOMS, Nines.rooms(length));
    }

    /** How many rows of three by three with step 2 have whole registers to be read; 0 where windows are others. */
    private static int nines(Stencil stencil, float[] x, int xAt, int xStep, int rows, int length) {
        int[] offsets = stencil.offsets();
        boolean possible = offsets.length == 9
                && stencil.columns() == 3
                && offsets[1] == 1
                && stencil.stride() == 2
                && xStep == 2 * stencil.rowStep()
                && length >= LANES;
        int whole = possible ? rows : 0;
        int reads = 2 * stencil.rowStep() + Nines.reads(length);
        while (whole > 0 && xAt + (whole - 1) * xStep + reads > x.length) {
            whole--;
        }
        return whole;
    }

    /** The last rows, which no whole register may be written to: where rows are shorter, it would end behind the last. */
    private static int rowsWithin(int length) {
        return length >= LANES ? 0 : (LANES - 1) / length;
    }

    /** Whether windows are two by two with step 2, and whole registers can be read in all rows. */
    private static boolean squares(Stencil stencil, float[] x, int xAt, int xStep, int rows, int length) {
        int[] offsets = stencil.offsets();
        return rows > 0
                && offsets.length == 4
                && stencil.stride() == 2
                && offsets[1] == 1
                && offsets[3] == offsets[2] + 1
                // so what is read behind a row lies before the end of the last
                && (length <= LANES || xStep >= 2 * LANES)
                && fits(stencil, offsets.length, x, xAt + (rows - 1) * xStep, length);
    }

    @Override
    public void max(
            Stencil stencil,
            int taps,
            float[] x,
            int planeAt,
            int origin,
            float[] y,
            int yAt,
            float[] winners,
            int winnersAt,
            int length) {
        if (!fits(stencil, taps, x, planeAt + origin, length)) {
            rest.max(stencil, taps, x, planeAt, origin, y, yAt, winners, winnersAt, length);
            return;
        }
        if (length < LANES) {
            float[] room = shortRows.get();
            max(stencil, taps, x, planeAt, origin, room, 0, room, LANES, LANES);
            copy(room, 0, y, yAt, length);
            copy(room, LANES, winners, winnersAt, length);
            return;
        }
        int[] offsets = stencil.offsets();
        for (int i = 0; i < length; i += LANES) {
            int j = Math.min(i, length - LANES);
            int to = yAt + j;
            int winnersTo = winnersAt + j;
            if (stencil.stride() == 2) {
                Windows.winnerOfSecond(offsets, taps, x, planeAt, origin + 2 * j, y, to, winners, winnersTo);
            } else {
                Windows.winner(offsets, taps, x, planeAt, origin + j, y, to, winners, winnersTo);
            }
        }
    }

    @Override
    public void maxOfThree(float[] x, int xAt, float[] y, int yAt, int placesAt, int length) {
        int last = length - LANES;
        Neighbours.threes(x, xAt, 0, y, yAt, placesAt, last);
        Neighbours.threes(x, xAt + last, last, y, yAt + last, placesAt + last, LANES); // again in part
    }

    @Override
    public void maxOfRows(float[] y, int first, int second, int third, int places, int to, int placesTo, int length) {
        Neighbours.rows(y, first, second, third, places, to, placesTo, length);
    }

    @Override
    public void maxDown(
            float[] x, int xAt, int second, int third, int xStep, float[] y, int yAt, int yStep, int rows, int length) {
        OrderedMaxima.down(x, xAt, second, third, xStep, y, yAt, yStep, rows, length);
    }

    @Override
    public void maxAcross(
            int stride, float[] x, int xAt, float[] limits, int period, int behind, float[] y, int yAt, int length) {
        if (stride == 2) {
            OrderedMaxima.acrossSecond(x, xAt, limits, period, behind, y, yAt, length);
        } else {
            OrderedMaxima.across(x, xAt, limits, period, behind, y, yAt, length);
        }
    }

    /** A few floats: a loop is quicker than a call. */
    private static void copy(float[] room, int from, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = room[from + i];
        }
    }

    /** Whether whole registers can be read; with stride 2 the last one has a float too many, in a short row windows too many. */
    private static boolean fits(Stencil stencil, int taps, float[] x, int xAt, int length) {
        int stride = stencil.stride();
        return stride <= 2 && xAt + stencil.offsets()[taps - 1] + stride * Math.max(length, LANES) <= x.length;
    }
}
