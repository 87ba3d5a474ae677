package dev.fovea.runtime.cpu;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;

/** Backward of average pooling of tensors in channel blocks: each row of the input adds up its shares of the windows that read it, so that no two tiles write the same. */
final class BlockedAvgPoolGradient {
    private static final int SIZE = BlockSimd.SIZE;

    private final GradientRegion dx;
    private final GradientRegion dy;
    private final PixelSimd pixels;
    private final PoolAxis rows;
    private final PoolAxis columns;
    private final PoolReaders readers;
    private final int inputBlock;
    private final int outputBlock;
    private final int inputRow;
    private final int outputRow;
    private final BlockRows backward;

    BlockedAvgPoolGradient(Operand input, Operand output, PoolAxis rows, PoolAxis columns, Cpu cpu) {
        dx = GradientRegion.of(input);
        dy = GradientRegion.of(output);
        pixels = BlockRows.pixels(cpu.simd());
        this.rows = rows;
        this.columns = columns;
        Shape shape = input.shape();
        readers = new PoolReaders(rows, shape.height());
        inputBlock = shape.area() * SIZE;
        outputBlock = output.shape().area() * SIZE;
        inputRow = shape.width() * SIZE;
        outputRow = columns.windows() * SIZE;
        backward = new BlockRows(cpu.workers(), shape.channels(), shape.height(), inputRow, this::backward);
    }

    void backward(int samples) {
        backward.run(samples);
    }

    private void backward(int sample, int block, int from, int to, int worker) {
        for (int row = from; row < to; row++) {
            int dxAt = block * inputBlock + row * inputRow;
            dx.clear(sample, dxAt, inputRow);
            for (int i = readers.from(row); i < readers.from(row + 1); i++) {
                int window = readers.window(i);
                spread(window, dy.at(sample) + block * outputBlock + window * outputRow, dx.at(sample) + dxAt);
            }
        }
    }

    /** A row of windows to a row of the input; where windows are divided by the same, all of them at once. */
    private void spread(int row, int dyAt, int dxAt) {
        int from = 0;
        while (from < columns.windows()) {
            int to = from + 1;
            while (to < columns.innerTo() && from >= columns.innerFrom() && columns.count(to) == columns.count(from)) {
                to++;
            }
            spread(row, from, to - from, dyAt, dxAt);
            from = to;
        }
    }

    private void spread(int row, int from, int count, int dyAt, int dxAt) {
        float factor = 1 / ((float) rows.count(row) * columns.count(from));
        int stride = columns.stride() * SIZE;
        for (int tap = 0; tap < columns.taps(from); tap++) {
            int to = dxAt + (columns.first(from) + tap * columns.step()) * SIZE;
            pixels.addShares(factor, dy.values(), dyAt + from * SIZE, dx.values(), to, stride, count);
        }
    }
}
