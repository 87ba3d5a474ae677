package dev.fovea.runtime.cpu.gemm;

import dev.fovea.runtime.cpu.Cpu;
import dev.fovea.runtime.cpu.Scratch;
import dev.fovea.runtime.cpu.Tiles;
import dev.fovea.runtime.simd.BlockSimd;
import dev.fovea.runtime.simd.WinogradSimd;

/**
 * The transformed weight of a {@link WinogradBlockProduct}: {@code [pairs of output blocks, 36, channels, 32]}, so that what a tile multiplies with lies in the
 * order in which it is read. Outputs that round the last pair up are zeros.
 */
final class WinogradBlockWeight {
    private static final int AREA = WinogradSimd.KERNEL * WinogradSimd.KERNEL;

    private final Cpu cpu;
    private final WinogradSimd simd;
    private final int outputs;
    private final int channels;
    private final Scratch scratch;
    private final Tiles tiles = this::tile;
    private float[] weight = {};
    private int weightAt;
    private float[] form = {};
    private int formAt;

    WinogradBlockWeight(Cpu cpu, int outputs, int channels) {
        this.cpu = cpu;
        this.simd = cpu.simd().winograd();
        this.outputs = outputs;
        this.channels = channels;
        this.scratch = cpu.scratch((long) (AREA + WinogradSimd.PATCH * WinogradSimd.KERNEL) * simd.kernelGroup());
    }

    private int pairs() {
        return (outputs + BlockSimd.COLUMNS - 1) / BlockSimd.COLUMNS;
    }

    /** Its length. */
    long floats() {
        return (long) pairs() * WinogradSimd.POSITIONS * positionFloats();
    }

    /** From one position of a pair to the next. */
    int positionFloats() {
        return channels * BlockSimd.COLUMNS;
    }

    /** Transforms {@code [outputs, channels, 3, 3]}. */
    void fill(float[] from, int at, float[] to, int toAt) {
        weight = from;
        weightAt = at;
        form = to;
        formAt = toAt;
        cpu.workers().run(pairs(), tiles);
    }

    /** Kernels of one channel side by side: they are the columns. */
    private void tile(int pair, int worker) {
        float[] work = scratch.of(worker);
        int group = simd.kernelGroup();
        int pairAt = formAt + pair * WinogradSimd.POSITIONS * positionFloats();
        for (int channel = 0; channel < channels; channel++) {
            for (int column = 0; column < BlockSimd.COLUMNS; column += group) {
                bring(pair * BlockSimd.COLUMNS + column, channel, group, work);
                simd.kernels(work, 0, form, pairAt + channel * BlockSimd.COLUMNS + column, positionFloats());
            }
        }
    }

    private void bring(int firstOutput, int channel, int group, float[] work) {
        for (int i = 0; i < group; i++) {
            int output = firstOutput + i;
            int from = weightAt + (output * channels + channel) * AREA;
            for (int tap = 0; tap < AREA; tap++) {
                work[tap * group + i] = output < outputs ? weight[from + tap] : 0;
            }
        }
    }
}
