package dev.fovea.runtime.cpu;

import dev.fovea.ops.Shape;
import dev.fovea.runtime.kernels.Operand;
import dev.fovea.runtime.kernels.Region;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.PixelSimd;

/**
 * Backward of {@link BlockedMaxPoolTraining}. Each row of the input adds up, from the windows that read it, the gradients of those whose maximum it had: no two tiles write the same, and the
 * order of additions depends on nothing but the windows.
 */
final class BlockedMaxPoolGradient {
    private static final int SIZE = BlockSimd.SIZE;

    private final GradientRegion dx;
    private final GradientRegion dy;
    private final Region winners;
    private final PixelSimd pixels;
    private final PoolAxis columns;
    private final PoolReaders readers;
    private final int rowTaps;
    private final int inputBlock;
    private final int outputBlock;
    private final int inputRow;
    private final int outputRow;
    private final int inner;
    private final boolean together;
    private final BlockRows backward;

    BlockedMaxPoolGradient(Operand input, Operand output, Region winners, PoolAxis rows, PoolAxis columns, Cpu cpu) {
        dx = GradientRegion.of(input);
        dy = GradientRegion.of(output);
        this.winners = winners;
        pixels = BlockRows.pixels(cpu.simd());
        this.columns = columns;
        rowTaps = BlockedMaxPoolTraining.rowTaps(columns);
        Shape shape = input.shape();
        readers = new PoolReaders(rows, shape.height());
        inputBlock = shape.area() * SIZE;
        outputBlock = output.shape().area() * SIZE;
        inputRow = shape.width() * SIZE;
        outputRow = columns.windows() * SIZE;
        inner = columns.innerTo() - columns.innerFrom();
        together = inner > 0 && columns.step() == 1 && pixels.spreadsRows(columns.innerTaps(), columns.stride());
        backward = new BlockRows(cpu.workers(), shape.channels(), shape.height(), inputRow, this::backward);
    }

    void backward(int samples) {
        backward.run(samples);
    }

    private void backward(int sample, int block, int from, int to, int worker) {
        int before = block * outputBlock;
        for (int row = from; row < to; row++) {
            int dxAt = block * inputBlock + row * inputRow;
            int first = readers.from(row);
            int end = readers.from(row + 1);
            clear(sample, dxAt, first == end);
            for (int i = first; i < end; i++) {
                int at = before + readers.window(i) * outputRow;
                boolean add = dx.accumulate() || i > first;
                int place = readers.tap(i) * rowTaps;
                spread(dy.at(sample) + at, (int) winners.at(sample) + at, place, add, dx.at(sample) + dxAt);
            }
        }
    }

    /** Makes a row zero, where it is not added to, as far as it will not be written. */
    private void clear(int sample, int dxAt, boolean unread) {
        if (!together || unread) {
            dx.clear(sample, dxAt, inputRow);
            return;
        }
        int begin = columns.first(columns.innerFrom()) * SIZE;
        int end = begin + ((inner - 1) * columns.stride() + columns.innerTaps()) * SIZE;
        dx.clear(sample, dxAt, begin);
        dx.clear(sample, dxAt + end, inputRow - end);
    }

    /**
     * A row of windows to a row of the input: those in the middle at once, those at a border one by one. There is one call for all of them: a loop on vectors that is
     * inlined into a method again and again brings it near C2's limit of failed assumptions (decision 33), and then takes from the heap.
     */
    private void spread(int dyAt, int winnersAt, int place, boolean add, int dxAt) {
        if (together) {
            spreadRow(dyAt, winnersAt, place, add, dxAt);
        }
        int window = 0;
        while (window < columns.windows()) {
            boolean isInner = inner > 0 && window == columns.innerFrom();
            int count = isInner ? inner : 1;
            if (!isInner || !together) {
                spread(window, count, dyAt, winnersAt, place, dxAt);
            }
            window += count;
        }
    }

    /** Writes the middle, which the borders are then added to. */
    private void spreadRow(int dyAt, int winnersAt, int place, boolean add, int dxAt) {
        int from = columns.innerFrom();
        pixels.spreadRow(
                dy.values(),
                dyAt + from * SIZE,
                CpuMemory.values(winners),
                winnersAt + from * SIZE,
                place,
                columns.innerTaps(),
                columns.stride(),
                add,
                dx.values(),
                dxAt + columns.first(from) * SIZE,
                inner);
    }

    /** Some windows that are alike. */
    private void spread(int window, int count, int dyAt, int winnersAt, int place, int dxAt) {
        pixels.spreadToFirst(
                dy.values(),
                dyAt + window * SIZE,
                CpuMemory.values(winners),
                winnersAt + window * SIZE,
                place,
                columns.taps(window),
                columns.step() * SIZE,
                columns.stride() * SIZE,
                dx.values(),
                dxAt + columns.first(window) * SIZE,
                count);
    }
}
