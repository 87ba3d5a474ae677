package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Tiles;

/**
 * A convolution's weight {@code [groups·M, C, kh, kw]} turned around for the gradient of the input: for each group a row
 * for each input channel, of the output channels' taps, {@code [groups, C, M, taps]}, with those taps only that one phase
 * of the input meets.
 */
final class BackwardWeight {
    /** Channels of either side turned around at a time: neighbours in the weight, and in what is written. */
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
        for (int output = 0; output < outputs; output += CHANNELS) {
            int outputEnd = Math.min(outputs, output + CHANNELS);
            for (int input = first; input < end; input++) {
                turn(group, input, output, outputEnd);
            }
        }
    }

    /** Both sides of a block lie in the first-level cache: whole lines are written while those that are read stay near. */
    private void turn(int group, int input, int outputFirst, int outputEnd) {
        int from = weightAt + ((group * outputs + outputFirst) * inputs + input) * area;
        int to = targetAt + ((group * inputs + input) * outputs + outputFirst) * taps.length;
        int step = inputs * area;
        if (taps.length == 1) {
            from += taps[0];
            for (int i = 0; i < outputEnd - outputFirst; i++) {
                target[to + i] = weight[from + i * step];
            }
            return;
        }
        for (int output = outputFirst; output < outputEnd; output++) {
            for (int t = 0; t < taps.length; t++) {
                target[to + t] = weight[from + taps[t]];
            }
            from += step;
            to += taps.length;
        }
    }
}
