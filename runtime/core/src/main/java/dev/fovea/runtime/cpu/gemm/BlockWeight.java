package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.simd.BlockSimd;
import java.util.Arrays;

/**
 * A weight as {@link BlockProduct} multiplies it: {@code [pairs of output blocks, blocks, taps, channels of a block, 32]}, so that what a tile
 * multiplies with lies in the order in which it is read. Outputs that round the last pair up are zeros.
 */
final class BlockWeight extends BlockForm {
    private static final int SIZE = BlockSimd.SIZE;
    private static final int COLUMNS = BlockSimd.COLUMNS;

    private record Key(int outputs, int channels, int taps) {}

    private final int taps;

    BlockWeight(Cpu cpu, int outputs, int channels, WeightSteps steps) {
        super(cpu, outputs, channels, steps, 0);
        taps = steps.taps();
    }

    @Override
    Object key() {
        return new Key(outputs, channels, taps);
    }

    @Override
    int floats(int count) {
        return COLUMNS * count * taps;
    }

    @Override
    int piece() {
        return channels;
    }

    @Override
    void fill(int pair, int first, int end, float[] from, int at, float[] to, int toAt, float[] work, int workAt) {
        int output = pair * COLUMNS;
        int count = Math.min(COLUMNS, outputs - output);
        boolean rows = outputsLieTogether();
        for (int block = first; block < end; block += SIZE) {
            int wide = Math.min(SIZE, end - block);
            int blockAt = toAt + (block - first) * taps * COLUMNS;
            if (count < COLUMNS) {
                Arrays.fill(to, blockAt, blockAt + wide * taps * COLUMNS, 0f);
            }
            if (rows) {
                rows(from, at, output, count, block, wide, to, blockAt);
            } else {
                columns(from, at, output, count, block, wide, to, blockAt);
            }
        }
    }

    /** Where the outputs lie nearer to one another than the channels: a row of the form after the other, so that each line of the weight is read once. */
    private void rows(float[] from, int at, int first, int count, int block, int wide, float[] to, int toAt) {
        for (int channel = 0; channel < wide; channel++) {
            int kernel = at + steps.at(first, block + channel);
            for (int tap = 0; tap < taps; tap++) {
                int row = toAt + (tap * wide + channel) * COLUMNS;
                if (steps.outputStep() == 1) {
                    System.arraycopy(from, kernel + steps.tap(tap), to, row, count);
                } else {
                    row(from, kernel + steps.tap(tap), steps.outputStep(), count, to, row);
                }
            }
        }
    }

    /** Otherwise an output after the other: its numbers go one to a row. */
    private void columns(float[] from, int at, int first, int count, int block, int wide, float[] to, int toAt) {
        for (int i = 0; i < count; i++) {
            int kernel = at + steps.at(first + i, block);
            for (int tap = 0; tap < taps; tap++) {
                int column = toAt + tap * wide * COLUMNS + i;
                if (wide == SIZE) {
                    column(from, kernel + steps.tap(tap), steps.channelStep(), to, column);
                } else {
                    column(wide, from, kernel + steps.tap(tap), steps.channelStep(), to, column);
                }
            }
        }
    }

    /** The column of a whole block: so many that are known are compiled without a loop. */
    private static void column(float[] from, int at, int step, float[] to, int toAt) {
        for (int channel = 0; channel < SIZE; channel++) {
            to[toAt + channel * COLUMNS] = from[at + channel * step];
        }
    }

    private static void column(int count, float[] from, int at, int step, float[] to, int toAt) {
        for (int channel = 0; channel < count; channel++) {
            to[toAt + channel * COLUMNS] = from[at + channel * step];
        }
    }
}
