package dev.fovea.runtime.cpu;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.FloatOrder;
import dev.fovea.runtime.simd.PixelSimd;

/**
 * The largest element of each window of tensors in channel blocks, for some rows of outputs that stay in the first-level cache: down the columns first, into rows with
 * padding, then across. A window is the largest of up to three places; longer ones are made of windows a third as long.
 */
final class BlockedMaxPool {
    /** Floats of a band. */
    private static final int BAND = 4096;

    private static final int TOGETHER = 3;
    private static final float LOWEST = Float.intBitsToFloat(FloatOrder.LOWEST);

    private final Region x;
    private final Region y;
    private final PixelSimd pixels;
    private final PoolAxis rows;
    private final PoolAxis columns;
    private final PaddedRows room;
    private final int bandRows;
    private final int blockFloats;
    private final int outputRow;
    private final Scratch scratch;
    private final BlockRows forward;

    BlockedMaxPool(Operand input, Operand output, PoolAxis rows, PoolAxis columns, Cpu cpu) {
        x = input.value();
        y = output.value();
        pixels = BlockRows.pixels(cpu.simd());
        this.rows = rows;
        this.columns = columns;
        Shape shape = input.shape();
        room = PaddedRows.of(columns, shape.width());
        bandRows = Math.max(1, Math.min(rows.windows(), BAND / room.pitch()));
        blockFloats = shape.area() * BlockSimd.SIZE;
        outputRow = columns.windows() * BlockSimd.SIZE;
        scratch = cpu.scratch((long) room.floats(bandRows) + room.rowFloats());
        int weight = Math.max(outputRow, blockFloats / rows.windows());
        forward = new BlockRows(cpu.workers(), shape.channels(), rows.windows(), weight, this::forward);
    }

    void forward(int samples) {
        forward.run(samples);
    }

    private void forward(int sample, int block, int from, int to, int worker) {
        float[] rooms = scratch.of(worker);
        int xAt = (int) x.at(sample) + block * blockFloats;
        int yAt = (int) y.at(sample) + block * rows.windows() * outputRow;
        boolean overwrites = columns.kernel() > TOGETHER;
        for (int row = from; row < to; row += bandRows) {
            int end = Math.min(to, row + bandRows);
            if (row == from || overwrites) {
                pad(rooms);
            }
            down(xAt, row, end, rooms);
            across(rooms, end - row, yAt + row * outputRow);
        }
    }

    private void pad(float[] rooms) {
        pixels.fill(LOWEST, rooms, 0, room.pitch(), bandRows + 1, room.gap() / BlockSimd.SIZE);
    }

    /** The largest of each column, as integers. */
    private void down(int xAt, int from, int to, float[] rooms) {
        int row = from;
        while (row < to) {
            boolean whole = row >= rows.innerFrom() && row < rows.innerTo();
            int count = whole ? Math.min(to, rows.innerTo()) - row : 1;
            int at = room.at(row - from);
            down(xAt, row, 0, rooms, at, count);
            for (int tap = TOGETHER; tap < rows.taps(row); tap += TOGETHER) {
                more(xAt, row, tap, rooms, at, count);
            }
            row += count;
        }
    }

    /** Up to three taps of some rows. */
    private void down(int xAt, int row, int tap, float[] rooms, int at, int count) {
        int length = room.rowFloats();
        int first = xAt + (rows.first(row) + tap * rows.step()) * length;
        int further = Math.min(TOGETHER, rows.taps(row) - tap) - 1;
        int second = Math.min(1, further) * rows.step() * length;
        int third = further * rows.step() * length;
        int below = rows.stride() * length;
        int width = length / BlockSimd.SIZE;
        pixels.maxDown(CpuMemory.values(x), first, second, third, below, rooms, at, room.pitch(), count, width);
    }

    /** Three taps more, row by row. */
    private void more(int xAt, int row, int tap, float[] rooms, int at, int count) {
        int spare = room.floats(bandRows);
        for (int i = 0; i < count; i++) {
            int to = at + i * room.pitch();
            down(xAt, row + i, tap, rooms, spare, 1);
            pixels.largestOfThree(rooms, to, 0, spare - to, room.rowFloats() / BlockSimd.SIZE);
        }
    }

    private void across(float[] rooms, int count, int yAt) {
        int kernel = columns.kernel();
        int step = columns.step() * BlockSimd.SIZE;
        int done = 1;
        for (; kernel > TOGETHER * done; done *= TOGETHER) {
            int length = room.floats(count) - (TOGETHER * done - 1) * step;
            pixels.largestOfThree(rooms, 0, done * step, 2 * done * step, length / BlockSimd.SIZE);
        }
        int second = Math.min(done, kernel - done) * step;
        int third = (kernel - done) * step;
        int stride = columns.stride() * BlockSimd.SIZE;
        pixels.maxAcross(
                rooms,
                room.firstWindow(),
                second,
                third,
                stride,
                room.pitch(),
                CpuMemory.values(y),
                yAt,
                count,
                columns.windows());
    }
}
