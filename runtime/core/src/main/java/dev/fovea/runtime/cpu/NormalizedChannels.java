package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.Simd;

/** Channels of images that are normalised, each by numbers of its own, and activated: range by range, as they lie in memory. */
final class NormalizedChannels {
    private final Simd simd;
    private final Activation activation;
    private final boolean rectifies;
    private final int area;

    NormalizedChannels(Simd simd, Activation activation, int area) {
        this.simd = simd;
        this.activation = activation;
        this.area = area;
        rectifies = activation instanceof ReluActivation;
    }

    /**
     * Does some channels of a sample.
     *
     * @param numbers what is subtracted from each channel, {@code distance} floats on what it is then multiplied by, and as much further on what is added
     */
    void normalize(float[] numbers, int distance, float[] x, int xAt, float[] y, int yAt, int channels) {
        if (x == y && xAt == yAt) {
            overItself(numbers, distance, x, xAt, channels);
            return;
        }
        simd.functions().normalizePlanes(numbers, distance, rectifies, x, xAt, y, yAt, channels, area);
        int floats = rectifies ? 0 : channels * area;
        for (int at = 0; at < floats; at += Elementwise.TILE) {
            activation.apply(y, yAt + at, Math.min(Elementwise.TILE, floats - at));
        }
    }

    /** Where the output takes the place of the input, no element may be done twice. */
    private void overItself(float[] numbers, int distance, float[] x, int xAt, int channels) {
        for (int i = 0; i < channels; i++) {
            int at = xAt + i * area;
            simd.functions()
                    .normalize(numbers[i], numbers[distance + i], numbers[2 * distance + i], x, at, x, at, area);
            activation.apply(x, at, area);
        }
    }
}
