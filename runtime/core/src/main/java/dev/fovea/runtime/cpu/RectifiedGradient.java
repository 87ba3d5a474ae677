package dev.fovea.runtime.cpu;

import dev.fovea.runtime.simd.Simd;
import java.util.Arrays;

/**
 * The gradient of a tensor {@code [C, H, W]} that comes through a rectifier already, written so by the kernel behind it: while that has each
 * plane at hand, which is cheaper than to go over all of them once more. With it the sum of each plane, where somebody wants them.
 */
public final class RectifiedGradient {
    private final int channels;
    private final float[] sums;
    private boolean there;

    /** Without sums. */
    RectifiedGradient() {
        channels = 0;
        sums = new float[0];
    }

    /** With the sum of each plane, of each channel of each sample. */
    RectifiedGradient(Cpu cpu, int channels, int capacity) {
        this.channels = channels;
        this.sums = cpu.workspace((long) channels * capacity);
    }

    /** A step begins anew: what is there is of the one before. */
    void expect() {
        there = false;
    }

    /** All has been written. */
    void give() {
        there = true;
    }

    /** Whether the gradient of this step was written in this way; otherwise it has yet to go through the rectifier. */
    public boolean isThere() {
        return there;
    }

    /** Sums up a plane that has just been written, where somebody wants that. */
    void sum(Simd simd, int sample, int channel, float[] plane, int at, int area) {
        if (channels > 0) {
            sums[sample * channels + channel] = simd.sum(plane, at, area);
        }
    }

    /** Writes for some channels, from {@code first} on, the sums of all planes of {@code batch} samples, added up sample by sample. */
    public void addUp(int batch, float[] totals, int first, int count) {
        Arrays.fill(totals, first, first + count, 0f);
        for (int sample = 0; sample < batch; sample++) {
            for (int channel = first; channel < first + count; channel++) {
                totals[channel] += sums[sample * channels + channel];
            }
        }
    }
}
