package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.simd.BlockSimd;

/**
 * A weight as {@link BlockProduct} multiplies it: {@code [pairs of output blocks, blocks, taps, channels of a block, 32]}, so that what a tile
 * multiplies with lies in the order in which it is read. Outputs that round the last pair up are zeros.
 */
final class BlockWeight extends BlockForm {
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
    int pairFloats() {
        return BlockSimd.COLUMNS * channels * taps;
    }

    @Override
    void fill(int pair, float[] from, int at, float[] to, int toAt, float[] work, int workAt) {
        for (int block = 0; block < channels; block += BlockSimd.SIZE) {
            int count = Math.min(BlockSimd.SIZE, channels - block);
            for (int i = 0; i < BlockSimd.COLUMNS; i++) {
                int output = pair * BlockSimd.COLUMNS + i;
                int column = toAt + block * taps * BlockSimd.COLUMNS + i;
                if (output < outputs) {
                    column(from, at + steps.at(output, block), count, to, column);
                } else {
                    clear(count * taps, to, column);
                }
            }
        }
    }

    /** An output's numbers go one to a row. */
    private void column(float[] from, int at, int count, float[] to, int toAt) {
        int step = steps.channelStep();
        for (int tap = 0; tap < taps; tap++) {
            int first = at + steps.tap(tap);
            for (int channel = 0; channel < count; channel++) {
                to[toAt + (tap * count + channel) * BlockSimd.COLUMNS] = from[first + channel * step];
            }
        }
    }

    private static void clear(int count, float[] to, int toAt) {
        for (int i = 0; i < count; i++) {
            to[toAt + i * BlockSimd.COLUMNS] = 0;
        }
    }
}
