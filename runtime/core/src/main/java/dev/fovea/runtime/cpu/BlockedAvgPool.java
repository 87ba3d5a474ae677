package dev.fovea.runtime.cpu;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;
import dev.fovea.runtime.simd.Simd;

/** The mean of each window of tensors in channel blocks, a row of outputs at a time: sums down the columns, into a row with zeros around it, then across. */
final class BlockedAvgPool {
    private final Region x;
    private final Region y;
    private final Simd simd;
    private final PixelSimd pixels;
    private final PoolAxis rows;
    private final PoolAxis columns;
    private final PaddedRows room;
    private final int blockFloats;
    private final int outputRow;
    private final Scratch scratch;
    private final BlockRows forward;

    BlockedAvgPool(Operand input, Operand output, PoolAxis rows, PoolAxis columns, Cpu cpu) {
        x = input.value();
        y = output.value();
        simd = cpu.simd();
        pixels = BlockRows.pixels(cpu.simd());
        this.rows = rows;
        this.columns = columns;
        Shape shape = input.shape();
        room = PaddedRows.of(columns, shape.width());
        blockFloats = shape.area() * BlockSimd.SIZE;
        outputRow = columns.windows() * BlockSimd.SIZE;
        scratch = cpu.scratch((long) room.floats(1) + columns.windows());
        int weight = Math.max(outputRow, blockFloats / rows.windows());
        forward = new BlockRows(cpu.workers(), shape.channels(), rows.windows(), weight, this::forward);
    }

    void forward(int samples) {
        forward.run(samples);
    }

    private void forward(int sample, int block, int from, int to, int worker) {
        float[] rooms = scratch.of(worker);
        pixels.fill(0, rooms, 0, room.pitch(), 2, room.gap() / BlockSimd.SIZE);
        int xAt = (int) x.at(sample) + block * blockFloats;
        int yAt = (int) y.at(sample) + block * rows.windows() * outputRow;
        for (int row = from; row < to; row++) {
            if (row == from || rows.count(row) != rows.count(row - 1)) {
                shares(row, rooms);
            }
            down(xAt, row, rooms);
            across(rooms, yAt + row * outputRow);
        }
    }

    /** What the sums of a row are multiplied by, behind the row. */
    private void shares(int row, float[] rooms) {
        int at = room.floats(1);
        for (int i = 0; i < columns.windows(); i++) {
            rooms[at + i] = 1 / ((float) rows.count(row) * columns.count(i));
        }
    }

    private void down(int xAt, int row, float[] rooms) {
        float[] in = CpuMemory.values(x);
        int length = room.rowFloats();
        int below = rows.step() * length;
        int first = xAt + rows.first(row) * length;
        int to = room.at(0);
        if (rows.taps(row) == 1) {
            System.arraycopy(in, first, rooms, to, length);
            return;
        }
        simd.add(in, first, in, first + below, rooms, to, length);
        for (int tap = 2; tap < rows.taps(row); tap++) {
            simd.add(in, first + tap * below, rooms, to, length);
        }
    }

    private void across(float[] rooms, int yAt) {
        int stride = columns.stride() * BlockSimd.SIZE;
        int step = columns.step() * BlockSimd.SIZE;
        float[] out = CpuMemory.values(y);
        int at = room.firstWindow();
        int count = columns.windows();
        pixels.sumAcross(rooms, at, columns.kernel(), step, stride, rooms, room.floats(1), out, yAt, count);
    }
}
