package dev.fovea.runtime.cpu;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;

/**
 * The largest element of each window of tensors in channel blocks, and which of the window it was: its row in the window times the {@link #rowTaps taps} of a row, and its place in the row, as the
 * bits of an int, where the window is cut at a border counted from there. Along the rows first, then down the columns: rows that windows share stay in the first-level cache.
 */
final class BlockedMaxPoolTraining {
    private static final int SIZE = BlockSimd.SIZE;

    private final Region x;
    private final Region y;
    private final Region winners;
    private final PixelSimd pixels;
    private final PoolAxis rows;
    private final PoolAxis columns;
    private final int rowTaps;
    private final int blockFloats;
    private final int inputRow;
    private final int outputRow;
    private final int kept;
    private final boolean squares;
    private final Scratch scratch;
    private final int[][] keysAt;
    private final BlockRows forward;

    BlockedMaxPoolTraining(Operand input, Operand output, Region winners, PoolAxis rows, PoolAxis columns, Cpu cpu) {
        x = input.value();
        y = output.value();
        this.winners = winners;
        pixels = BlockRows.pixels(cpu.simd());
        this.rows = rows;
        this.columns = columns;
        rowTaps = rowTaps(columns);
        Shape shape = input.shape();
        blockFloats = shape.area() * SIZE;
        inputRow = shape.width() * SIZE;
        outputRow = columns.windows() * SIZE;
        kept = (rows.mostTaps() - 1) * rows.step() + 1;
        squares = isPairs(rows) && isPairs(columns);
        scratch = cpu.scratch(2L * kept * outputRow);
        keysAt = new int[cpu.workers().threads()][rows.mostTaps()];
        int weight = Math.max(outputRow, blockFloats / rows.windows());
        forward = new BlockRows(cpu.workers(), shape.channels(), rows.windows(), weight, this::forward);
    }

    private static boolean isPairs(PoolAxis axis) {
        return axis.isRegular() && axis.mostTaps() == 2 && axis.step() == 1;
    }

    /** The distance between the numbers of taps of neighbouring rows. */
    static int rowTaps(PoolAxis columns) {
        return columns.mostTaps();
    }

    /** Whether all windows read something, and those of one row nothing above what those of the row before begin with, as where padding cuts windows with holes. */
    static boolean fits(PoolAxis rows, PoolAxis columns) {
        boolean fits = rows.taps(0) > 0;
        for (int i = 1; i < rows.windows(); i++) {
            fits &= rows.taps(i) > 0 && rows.first(i) >= rows.first(i - 1);
        }
        for (int i = 0; i < columns.windows(); i++) {
            fits &= columns.taps(i) > 0;
        }
        return fits;
    }

    void forward(int samples) {
        forward.run(samples);
    }

    private void forward(int sample, int block, int from, int to, int worker) {
        float[] rooms = scratch.of(worker);
        int xAt = (int) x.at(sample) + block * blockFloats;
        int before = block * rows.windows() * outputRow;
        int yAt = (int) y.at(sample) + before;
        int winnersAt = (int) winners.at(sample) + before;
        if (squares) {
            squares(from, to, xAt, yAt, winnersAt);
            return;
        }
        int next = 0;
        for (int row = from; row < to; row++) {
            int end = rows.first(row) + (rows.taps(row) - 1) * rows.step() + 1;
            for (next = Math.max(next, rows.first(row)); next < end; next++) {
                across(xAt + next * inputRow, rooms, room(next));
            }
            down(row, rooms, keysAt[worker], yAt + row * outputRow, winnersAt + row * outputRow);
        }
    }

    private void squares(int from, int to, int xAt, int yAt, int winnersAt) {
        for (int row = from; row < to; row++) {
            pixels.firstOfSquares(
                    CpuMemory.values(x),
                    xAt + rows.first(row) * inputRow,
                    inputRow,
                    columns.stride() * SIZE,
                    CpuMemory.values(y),
                    yAt + row * outputRow,
                    CpuMemory.values(winners),
                    winnersAt + row * outputRow,
                    columns.windows());
        }
    }

    /** Where what is kept of a row of the input lies: the largest, and behind them their places. */
    private int room(int row) {
        return row % kept * 2 * outputRow;
    }

    private void across(int xAt, float[] rooms, int at) {
        for (int i = 0; i < columns.innerFrom(); i++) {
            across(xAt, i, 1, rooms, at);
        }
        int inner = columns.innerTo() - columns.innerFrom();
        if (inner > 0) {
            across(xAt, columns.innerFrom(), inner, rooms, at);
        }
        for (int i = columns.innerTo(); i < columns.windows(); i++) {
            across(xAt, i, 1, rooms, at);
        }
    }

    /** Some windows that are alike, of one row. */
    private void across(int xAt, int window, int count, float[] rooms, int at) {
        int step = columns.step() * SIZE;
        int stride = columns.stride() * SIZE;
        int first = xAt + columns.first(window) * SIZE;
        int to = at + window * SIZE;
        int taps = columns.taps(window);
        pixels.firstAcross(CpuMemory.values(x), first, taps, step, stride, rooms, to, rooms, to + outputRow, count);
    }

    private void down(int row, float[] rooms, int[] at, int yAt, int winnersAt) {
        int taps = rows.taps(row);
        for (int tap = 0; tap < taps; tap++) {
            at[tap] = room(rows.first(row) + tap * rows.step());
        }
        float[] out = CpuMemory.values(y);
        float[] places = CpuMemory.values(winners);
        int count = columns.windows();
        pixels.firstDown(rooms, at, outputRow, taps, rowTaps, out, yAt, places, winnersAt, count);
    }
}
