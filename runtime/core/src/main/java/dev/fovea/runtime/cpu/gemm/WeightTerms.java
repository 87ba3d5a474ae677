package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.BlockSimd;
import java.util.stream.IntStream;

/**
 * The sums of a weight's gradient for a pair of blocks of outputs: a row for each number that is read around a pixel. Numbers that lie side by side make a <i>step</i>, in
 * which they are summed together; a step may have more rows than the weight has numbers.
 *
 * @param begins the first step of each block of the input, and behind them the number of steps
 * @param columns of each step
 * @param offsets where each step's first number lies behind the pixel in the first block
 * @param rows the row of each step's first number
 * @param firstRows the first row of each block, and behind them the number of rows
 * @param order the row of each of the weight's numbers for an output
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of the arrays, never compared
record WeightTerms(int[] begins, int[] columns, int[] offsets, int[] rows, int[] firstRows, int[] order) {
    /** The rows of the longest of some ranges of blocks. */
    int mostRows(int ranges) {
        int blocks = firstRows.length - 1;
        return IntStream.range(0, ranges)
                .map(i -> firstRows[blocks * (i + 1) / ranges] - firstRows[blocks * i / ranges])
                .max()
                .orElse(0);
    }

    /** Takes steps, block by block. */
    static final class Builder {
        private final BlockSimd simd;
        private final IntStream.Builder begins = IntStream.builder();
        private final IntStream.Builder columns = IntStream.builder();
        private final IntStream.Builder offsets = IntStream.builder();
        private final IntStream.Builder rows = IntStream.builder();
        private final IntStream.Builder firstRows = IntStream.builder();
        private int steps;
        private int end;

        Builder(BlockSimd simd) {
            this.simd = simd;
        }

        /** What follows is of the next block. */
        void begin() {
            begins.add(steps);
            firstRows.add(end);
        }

        /** Adds numbers that lie side by side, and returns the row of the first; those of the others follow. */
        int add(int count, int offset) {
            int first = end;
            for (int done = 0; done < count; ) {
                int step = simd.gradientColumns(count - done);
                columns.add(step);
                offsets.add(offset + done);
                rows.add(end);
                steps++;
                end += step;
                done += step;
            }
            return first;
        }

        /** Rows are in this order. */
        WeightTerms build(int[] order) {
            begin();
            return new WeightTerms(
                    begins.build().toArray(),
                    columns.build().toArray(),
                    offsets.build().toArray(),
                    rows.build().toArray(),
                    firstRows.build().toArray(),
                    order);
        }
    }
}
