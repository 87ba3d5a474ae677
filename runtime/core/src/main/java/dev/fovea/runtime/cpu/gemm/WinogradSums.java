package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.simd.Simd;
import dev.fovea.runtime.simd.WinogradSimd;
import java.util.Arrays;

/** The sums of a {@link WinogradWeightGradient}: {@code [36, C, M]}, the output's channels side by side. */
final class WinogradSums {
    /** Input channels stored at a time: so many kernels of an output lie side by side in the gradient. */
    private static final int STORED = 16;

    private static final int AREA = WinogradSimd.KERNEL * WinogradSimd.KERNEL;

    private final Simd simd;
    private final int inputs;
    private final int outputs;
    private final int stride;
    private final int panels;
    private final int positionStride;

    WinogradSums(Simd simd, int inputs, int outputs) {
        this.simd = simd;
        this.inputs = inputs;
        this.outputs = outputs;
        int width = simd.matrix().columns();
        this.panels = (outputs + width - 1) / width;
        this.stride = panels * width;
        this.positionStride = Winograd.positionStride((long) inputs * stride);
    }

    /** Floats for all sums. */
    long size() {
        return (long) WinogradSimd.POSITIONS * positionStride;
    }

    /** Panels of output channels. */
    int panels() {
        return panels;
    }

    /** From one input channel to the next. */
    int stride() {
        return stride;
    }

    /** Where the sums of an input channel begin. */
    int at(int position, int input) {
        return position * positionStride + input * stride;
    }

    /** Sets the sums of some input channels to zero. */
    void clear(float[] sums, int sumsAt, int first, int end) {
        for (int position = 0; position < WinogradSimd.POSITIONS; position++) {
            Arrays.fill(sums, sumsAt + at(position, first), sumsAt + at(position, end), 0f);
        }
    }

    /** The number of calls of {@link #store} that store all. */
    int stores() {
        return (inputs + STORED - 1) / STORED;
    }

    /** Floats that {@link #store} works with. */
    long storeSize() {
        return (long) STORED * AREA * stride;
    }

    /** Adds the sums of a part to those of another, for one call of {@link #store}. */
    void add(int store, float[] sums, int from, int to) {
        int first = store * STORED;
        int length = (Math.min(inputs, first + STORED) - first) * stride;
        for (int position = 0; position < WinogradSimd.POSITIONS; position++) {
            int at = at(position, first);
            simd.add(sums, from + at, sums, to + at, length);
        }
    }

    /** Transforms the sums of some input channels, which are lost, and writes them to the gradient {@code [M, C, 3, 3]} or adds them. */
    void store(
            int store, float[] sums, int sumsAt, float[] work, float[] gradient, int gradientAt, boolean accumulate) {
        int first = store * STORED;
        int count = Math.min(inputs - first, STORED);
        for (int i = 0; i < count; i++) {
            int from = sumsAt + at(0, first + i);
            simd.winograd().kernelGradients(sums, from, positionStride, stride, work, i * AREA * stride);
        }
        int length = count * AREA;
        for (int output = 0; output < outputs; output++) {
            int to = gradientAt + (output * inputs + first) * AREA;
            if (accumulate) {
                for (int i = 0; i < length; i++) {
                    gradient[to + i] += work[output + i * stride];
                }
            } else {
                for (int i = 0; i < length; i++) {
                    gradient[to + i] = work[output + i * stride];
                }
            }
        }
    }
}
