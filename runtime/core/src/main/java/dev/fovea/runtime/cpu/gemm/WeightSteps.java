package dev.fovea.runtime.cpu.gemm;

import java.util.Arrays;

/**
 * How a weight lies that a product in channel blocks brings into its form: element {@code (output, channel, tap)} of the product is at {@code output·outputStep + channel·channelStep +
 * tap(i)}.
 */
final class WeightSteps {
    private final int outputStep;
    private final int channelStep;
    private final int[] taps;

    private WeightSteps(int outputStep, int channelStep, int[] taps) {
        this.outputStep = outputStep;
        this.channelStep = channelStep;
        this.taps = taps;
    }

    /** A convolution's weight {@code [outputs, channels, area]}, forward. */
    static WeightSteps forward(int channels, int area) {
        int[] taps = new int[area];
        Arrays.setAll(taps, i -> i);
        return new WeightSteps(channels * area, area, taps);
    }

    /**
     * The same weight for the input's gradient, whose outputs are the convolution's channels.
     *
     * @param taps those that a phase of the input meets, in the order of its {@link Gather}; for patches row by row
     */
    static WeightSteps backward(int channels, int area, int[] taps) {
        return new WeightSteps(area, channels * area, taps);
    }

    /** Where a kernel begins. */
    int at(int output, int channel) {
        return output * outputStep + channel * channelStep;
    }

    /** From a kernel to that of the next output. */
    int outputStep() {
        return outputStep;
    }

    /** From a kernel to that of the next channel. */
    int channelStep() {
        return channelStep;
    }

    /** The elements of a kernel. */
    int taps() {
        return taps.length;
    }

    /** Where one lies in its kernel. */
    int tap(int i) {
        return taps[i];
    }
}
