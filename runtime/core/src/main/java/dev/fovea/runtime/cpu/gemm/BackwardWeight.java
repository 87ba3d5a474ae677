package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Tiles;

/**
 * A convolution's weight {@code [groups·M, C, kh, kw]} turned around for the gradient of the input: for each group a row
 * for each input channel, of the output channels' taps, {@code [groups, C, M, taps]}, with those taps only that one phase
 * of the input meets.
 */
final class BackwardWeight {
    /** Input channels turned around at a time: neighbours in the weight. */
    private static final int CHANNELS = 16;
    /** Below so many floats waking another thread costs more than it brings: depthwise weights are many tiny tiles. */
    private static final int WORTH_SHARING = 1 << 15;

    private final Cpu cpu;
    private final int groups;
    private final int inputs;
    private final int outputs;
    private final int area;
    private final int[] taps;
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
    }

    /** Fills {@code target}. */
    void fill(float[] from, int at, float[] to, int toAt) {
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
        for (int output = 0; output < outputs; output++) {
            int from = weightAt + ((group * outputs + output) * inputs + first) * area;
            int to = targetAt + ((group * inputs + first) * outputs + output) * taps.length;
            for (int input = first; input < end; input++) {
                for (int t = 0; t < taps.length; t++) {
                    target[to + t] = weight[from + taps[t]];
                }
                from += area;
                to += outputs * taps.length;
            }
        }
    }
}
