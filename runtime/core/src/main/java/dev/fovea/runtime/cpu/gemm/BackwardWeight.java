package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;

/**
 * A convolution's weight {@code [groups·M, C, kh, kw]} turned around for the gradient of the input: for each group a row
 * for each input channel, of the output channels' taps, {@code [groups, C, M, taps]}, with those taps only that one phase
 * of the input meets.
 */
final class BackwardWeight {
    /**
     * Channels of either side turned around at a time, by way of a block of their own: where the weight's rows lie at distances of a power
     * of two, a few lines of the first-level cache are all there is for neighbours in a column.
     */
    private static final int CHANNELS = 16;
    /** Below so many floats waking another thread costs more than it brings: depthwise weights are many tiny tiles. */
    private static final int WORTH_SHARING = 1 << 15;

    private final Cpu cpu;
    private final int groups;
    private final int inputs;
    private final int outputs;
    private final int area;
    private final int[] taps;
    private final Scratch scratch;
    private final Tiles tiles = this::tile;
    private float[] weight = {};
    private int weightAt;
    private float[] target = {};
    private int targetAt;

    /**
     * To be filled.
     *
     * @param inputs channels of each group
     * @param outputs channels of each group
     * @param area elements of the kernel
     * @param taps those to take, in the gather's order
     */
    BackwardWeight(Cpu cpu, int groups, int inputs, int outputs, int area, int[] taps) {
        this.cpu = cpu;
        this.groups = groups;
        this.inputs = inputs;
        this.outputs = outputs;
        this.area = area;
        this.taps = taps;
        this.scratch = cpu.scratch((long) CHANNELS * CHANNELS * area);
    }

    /** Fills {@code target}. */
    void fill(float[] from, int at, float[] to, int toAt) {
        if (taps.length == 0) {
            return;
        }
        weight = from;
        weightAt = at;
        target = to;
        targetAt = toAt;
        if ((long) groups * inputs * outputs * taps.length < WORTH_SHARING) {
            cpu.workers().runInline(groups * blocks(), tiles);
        } else {
            cpu.workers().run(groups * blocks(), tiles);
        }
    }

    private int blocks() {
        return (inputs + CHANNELS - 1) / CHANNELS;
    }

    private void tile(int tile, int worker) {
        int group = tile / blocks();
        int first = tile % blocks() * CHANNELS;
        int end = Math.min(inputs, first + CHANNELS);
        float[] block = scratch.of(worker);
        for (int output = 0; output < outputs; output += CHANNELS) {
            int count = Math.min(outputs - output, CHANNELS);
            int from = weightAt + ((group * outputs + output) * inputs + first) * area;
            for (int i = 0; i < count; i++) {
                System.arraycopy(weight, from + i * inputs * area, block, i * CHANNELS * area, (end - first) * area);
            }
            for (int input = first; input < end; input++) {
                int to = targetAt + ((group * inputs + input) * outputs + output) * taps.length;
                if (area == 1) {
                    turn(block, input - first, to, count);
                } else {
                    turnTaps(block, (input - first) * area, to, count);
                }
            }
        }
    }

    private void turn(float[] block, int from, int to, int count) {
        for (int i = 0; i < count; i++) {
            target[to + i] = block[from + i * CHANNELS];
        }
    }

    private void turnTaps(float[] block, int from, int to, int count) {
        for (int i = 0; i < count; i++) {
            int at = from + i * CHANNELS * area;
            for (int t = 0; t < taps.length; t++) {
                target[to + i * taps.length + t] = block[at + taps[t]];
            }
        }
    }
}
