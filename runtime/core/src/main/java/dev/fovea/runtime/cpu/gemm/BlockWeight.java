package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.BlockSimd;

/**
 * A weight {@code [outputs, channels, taps]} as {@link BlockProduct} multiplies it: {@code [pairs of output blocks, blocks, taps, channels of a block, 32]}, so that what a tile
 * multiplies with lies in the order in which it is read. Outputs that round the last pair up are zeros.
 */
record BlockWeight(int outputs, int channels, int taps) {
    /** Its length. */
    long floats() {
        int pairs = (outputs + BlockSimd.COLUMNS - 1) / BlockSimd.COLUMNS;
        return (long) pairs * BlockSimd.COLUMNS * channels * taps;
    }

    /** Brings a weight into this form. */
    void fill(float[] weight, int weightAt, float[] form, int formAt) {
        int to = formAt;
        for (int first = 0; first < outputs; first += BlockSimd.COLUMNS) {
            for (int block = 0; block < channels; block += BlockSimd.SIZE) {
                int end = Math.min(channels, block + BlockSimd.SIZE);
                for (int tap = 0; tap < taps; tap++) {
                    for (int channel = block; channel < end; channel++) {
                        for (int i = 0; i < BlockSimd.COLUMNS; i++) {
                            int output = first + i;
                            form[to++] = output < outputs
                                    ? weight[weightAt + (output * channels + channel) * taps + tap]
                                    : 0;
                        }
                    }
                }
            }
        }
    }
}
